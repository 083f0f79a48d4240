import { describe, expect, it } from 'vitest';
import { withStorage } from '../../src/app/command-storage.ts';
import type { TokenInfo } from '../../src/storage/access-tokens.ts';
import { runCommand, TestIo } from '../support/command-run.ts';
import { storageVariables } from '../support/storage-variables.ts';

type Variables = Readonly<Record<string, string>>;

const DAY_MS = 24 * 60 * 60_000;

const ANA = ['token', 'create', '--name', 'ana', '--role', 'analyst'] as const;

/** The token that the text opens the storage with. */
async function checked(
  text: string,
  variables: Variables,
  nowMs = Date.now(),
): Promise<TokenInfo | undefined> {
  let token: TokenInfo | undefined;
  await withStorage({}, new TestIo(variables), async ({ tokens }) => {
    const found = await tokens.check(text, nowMs);
    if (found.kind === 'found') token = found.value;
  });
  return token;
}

async function listed<T>(command: 'token' | 'audit', variables: Variables): Promise<readonly T[]> {
  const { stdout } = await runCommand([command, 'list', '--json'], variables);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as T);
}

describe('mmsguard token create', () => {
  it('prints the text alone, so that it can be kept in a file, and about it beside', async () => {
    const variables = storageVariables();
    const { exitCode, stdout, stderr } = await runCommand(ANA, variables);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^mmsguard_[\w-]{43}\n$/)]);
    expect(stderr).toMatch(/^token [0-9a-f-]{36} of ana, analyst; it is not shown again:\n$/);
    expect(await checked(stdout.trim(), variables)).toMatchObject({
      name: 'ana',
      role: 'analyst',
      createdBy: 'mmsguard',
    });
  });

  it('makes a token that runs out', async () => {
    const variables = storageVariables();
    const { stdout, stderr } = await runCommand([...ANA, '--expires-days', '2'], variables);
    expect(stderr).toMatch(/ of ana, analyst until \d{4}-[\dT:.-]+Z; /);
    const token = await checked(stdout.trim(), variables);
    expect((token?.expiresAtMs ?? 0) - (token?.createdAtMs ?? 0)).toBe(2 * DAY_MS);
    expect(await checked(stdout.trim(), variables, Date.now() + 2 * DAY_MS)).toBeUndefined();
  });

  it('refuses a name that a valid token has', async () => {
    const variables = storageVariables();
    await runCommand(ANA, variables);
    expect(await runCommand(ANA, variables)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '--name: a valid token is called ana already\n',
    });
  });

  it('writes down that it is about to make one, and then what came of it, but no text', async () => {
    const variables = storageVariables();
    const { stdout } = await runCommand(ANA, variables);
    await runCommand(ANA, variables);
    const entries = await listed('audit', variables);
    expect(entries.toReversed()).toMatchObject([
      {
        by: 'mmsguard',
        role: 'admin',
        act: 'token.create',
        target: '',
        detail: { name: 'ana', role: 'analyst' },
      },
      { act: 'token.create', detail: { of: 1, result: 'created' } },
      { act: 'token.create', detail: { name: 'ana', role: 'analyst' } },
      { act: 'token.create', detail: { of: 3, result: 'name-taken' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(stdout.trim());
  });

  it('makes no token that cannot be written down before, and tells of a result that cannot be after', async () => {
    const variables = storageVariables();
    await withStorage({}, new TestIo(variables), async ({ database }) => {
      const sql = `CREATE TRIGGER full BEFORE INSERT ON audit_log WHEN NEW.entry_number > 1
                   BEGIN SELECT RAISE(IGNORE); END`;
      expect(await database.transaction([{ sql, values: [] }])).toMatchObject({ ok: true });
    });
    const made = await runCommand(ANA, variables);
    expect([made.exitCode, made.stdout]).toEqual([1, expect.stringMatching(/^mmsguard_/)]);
    expect(made.stderr).toContain('the audit log has the act, but not its result: unavailable: ');
    const none = await runCommand(['token', 'create', '--name', 'bob', '--role', 'viewer'], variables);
    expect([none.exitCode, none.stdout]).toEqual([1, '']);
    expect(await listed('token', variables)).toMatchObject([{ name: 'ana' }]);
  });

  it.each([
    [
      'a role that there is not',
      ['--name', 'ana', '--role', 'root'],
      'Allowed choices are viewer, analyst, admin',
    ],
    ['no name', ['--role', 'viewer'], '--name'],
    ['no role', ['--name', 'ana'], '--role'],
    ['a name with a line break', ['--name', 'a\nb', '--role', 'viewer'], 'up to 64 letters'],
    ['a name that is too long', ['--name', 'x'.repeat(65), '--role', 'viewer'], 'up to 64 letters'],
    ['a name that the audit log has for others', ['--name', 'Loopback', '--role', 'viewer'], 'reserved'],
    ['no days', ['--name', 'ana', '--role', 'viewer', '--expires-days', '0'], 'from 1 to 3650'],
    ['too many days', ['--name', 'ana', '--role', 'viewer', '--expires-days', '3651'], 'from 1 to 3650'],
  ])('refuses %s', async (_, options, message) => {
    const { exitCode, stdout, stderr } = await runCommand(
      ['token', 'create', ...options],
      storageVariables(),
    );
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });
});

describe('mmsguard token list', () => {
  it('says of each token what it is, and never its text', async () => {
    const variables = storageVariables();
    await withStorage({}, new TestIo(variables), async ({ tokens }) => {
      const made = [
        { name: 'old', role: 'admin', by: 'root', atMs: 0, expiresAtMs: 1 },
        { name: 'gone', role: 'viewer', by: 'root', atMs: 1 },
        { name: 'good', role: 'analyst', by: 'root', atMs: 2 },
      ] as const;
      for (const token of made) {
        const created = await tokens.create(token);
        if (token.name === 'gone' && created.kind === 'created') await tokens.revoke(created.token.id, 5);
      }
    });
    const { exitCode, stdout } = await runCommand(['token', 'list'], variables);
    expect(exitCode).toBe(0);
    const [title, ...lines] = stdout.trimEnd().split('\n');
    expect(title).toMatch(/^id +name +role +state +made +by +runs out$/);
    expect(lines).toEqual([
      expect.stringMatching(/ good +analyst +valid +1970-\S+ +root +never$/),
      expect.stringMatching(/ gone +viewer +revoked +1970-\S+ +root +never$/),
      expect.stringMatching(/ old +admin +run out +1970-\S+ +root +1970-01-01T00:00:00\.001Z$/),
    ]);
    expect(stdout).not.toContain('mmsguard_');
  });
});

describe('mmsguard token revoke', () => {
  it('ends a token, and writes that down', async () => {
    const variables = storageVariables();
    const { stdout: text } = await runCommand(ANA, variables);
    const [token] = await listed<TokenInfo>('token', variables);
    const id = token?.id ?? '';
    expect(await runCommand(['token', 'revoke', id], variables)).toEqual({
      exitCode: 0,
      stdout: `revoked ${id}\n`,
      stderr: '',
    });
    expect(await checked(text.trim(), variables)).toBeUndefined();
    expect(await listed('audit', variables)).toMatchObject([
      { act: 'token.revoke', target: id, detail: { of: 3, result: 'done' } },
      { act: 'token.revoke', target: id, detail: { from: 'command line' } },
      {},
      {},
    ]);
    expect((await runCommand(ANA, variables)).exitCode).toBe(0);
  });

  it('says that there is no such token', async () => {
    expect(await runCommand(['token', 'revoke', 'x\u001b'], storageVariables())).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'x\\u{1b}: there is no token with this id\n',
    });
  });
});
