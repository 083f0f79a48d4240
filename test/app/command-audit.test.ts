import { describe, expect, it } from 'vitest';
import { withStorage } from '../../src/app/command-storage.ts';
import type { AuditAct } from '../../src/storage/audit-log.ts';
import { runCommand, TestIo } from '../support/command-run.ts';
import { storageVariables } from '../support/storage-variables.ts';

const AT_MS = Date.UTC(2026, 10, 24, 8);

const actOf = (changes: Partial<AuditAct> = {}): AuditAct => ({
  atMs: AT_MS,
  by: 'ana',
  role: 'analyst',
  act: 'quarantine.release',
  target: 'id-1',
  detail: { why: 'harmless' },
  ...changes,
});

/** The variables of a storage whose audit log has these acts. */
async function storageWith(...acts: readonly AuditAct[]): Promise<Readonly<Record<string, string>>> {
  const variables = storageVariables();
  await withStorage({}, new TestIo(variables), async ({ audit }) => {
    for (const act of acts) expect(await audit.append(act)).toMatchObject({ kind: 'written' });
  });
  return variables;
}

/** What the owner of the database can do. */
async function tamper(
  variables: Readonly<Record<string, string>>,
  ...statements: readonly string[]
): Promise<void> {
  await withStorage({}, new TestIo(variables), async ({ database }) => {
    expect(await database.transaction(statements.map((sql) => ({ sql, values: [] })))).toMatchObject({
      ok: true,
    });
  });
}

describe('mmsguard audit verify', () => {
  it('says that the log is intact, and prints its last entry in the form that --known takes', async () => {
    const variables = await storageWith(actOf(), actOf());
    const { exitCode, stdout, stderr } = await runCommand(['audit', 'verify'], variables);
    expect([exitCode, stderr]).toEqual([0, '']);
    const last = /^intact: 2 entries, the last is (2:[0-9a-f]{64})\n$/.exec(stdout)?.[1] ?? '';
    expect(await runCommand(['audit', 'verify', '--known', last], variables)).toEqual({
      exitCode,
      stdout,
      stderr,
    });
  });

  it('says that an empty log is intact', async () => {
    const { exitCode, stdout } = await runCommand(['audit', 'verify'], storageVariables());
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^intact: 0 entries, the last is 0:0{64}\n$/),
    ]);
  });

  it('says where the log is broken, and fails', async () => {
    const variables = await storageWith(actOf(), actOf());
    await tamper(
      variables,
      'DROP TRIGGER audit_log_no_update',
      "UPDATE audit_log SET done_by = 'bob' WHERE entry_number = 2",
    );
    const { exitCode, stdout } = await runCommand(['audit', 'verify'], variables);
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/^broken at entry 2: .*\n$/)]);
  });

  it('says that the end was cut off to who knows it', async () => {
    const variables = await storageWith(actOf());
    const { exitCode, stdout } = await runCommand(
      ['audit', 'verify', '--known', `7:${'a'.repeat(64)}`],
      variables,
    );
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/^broken at entry 2: .*cut off\n$/)]);
  });

  it.each(['', '7', '7:abc', `x:${'a'.repeat(64)}`])('refuses --known %j', async (known) => {
    const { exitCode, stderr } = await runCommand(
      ['audit', 'verify', `--known=${known}`],
      storageVariables(),
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('It is no number and hash')]);
  });

  it('says that there is no storage', async () => {
    expect(await runCommand(['audit', 'verify'])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('mmsguard audit list', () => {
  it('prints a table, newest first, with hostile texts made safe', async () => {
    const variables = await storageWith(
      actOf(),
      actOf({ by: 'bob', target: '\u001b[2J', atMs: AT_MS + 1000 }),
    );
    const { exitCode, stdout, stderr } = await runCommand(['audit', 'list'], variables);
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^number +time +by +role +act +target +detail$/);
    expect(lines[1]).toMatch(
      /^2 +2026-11-24T08:00:01\.000Z +bob +analyst +quarantine\.release +\\u\{1b\}\[2J +\{"why":"harmless"\}$/,
    );
    expect(lines[2]).toMatch(/^1 .* ana /);
  });

  it('prints one object an entry when asked', async () => {
    const variables = await storageWith(actOf());
    const { stdout } = await runCommand(['audit', 'list', '--json'], variables);
    expect(JSON.parse(stdout)).toEqual({
      ...actOf(),
      number: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it.each([
    [['--by', 'bob'], [2]],
    [['--act', 'rules.reload'], [3]],
    [['--target', 'id-2'], [4]],
    [
      ['--from', '2026-11-24T08:00:01Z', '--to', '2026-11-24T08:00:03Z'],
      [3, 2],
    ],
    [['--by', 'nobody'], []],
  ])('lists what fits %j', async (options, numbers) => {
    const acts = [{}, { by: 'bob' }, { act: 'rules.reload', target: '' }, { target: 'id-2' }];
    const variables = await storageWith(
      ...acts.map((act, index) => actOf({ ...act, atMs: AT_MS + index * 1000 })),
    );
    const { stdout } = await runCommand(['audit', 'list', '--json', ...options], variables);
    const entries = stdout.split('\n').filter((line) => line !== '');
    expect(entries.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual(numbers);
  });

  it('goes on where it has ended', async () => {
    const variables = await storageWith(actOf(), actOf(), actOf());
    const first = await runCommand(['audit', 'list', '--json', '--limit', '2'], variables);
    const cursor = /^there are more: --cursor (\S+)\n$/.exec(first.stderr)?.[1] ?? '';
    const second = await runCommand(['audit', 'list', '--json', '--cursor', cursor], variables);
    expect(JSON.parse(second.stdout)).toMatchObject({ number: 1 });
    expect(second.stderr).toBe('');
  });

  it.each([
    [['--cursor', 'nonsense'], '--cursor: is not one that this list has given'],
    [['--limit', '501'], 'at most 500'],
    [['--from', 'yesterday'], 'It is no time'],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stderr } = await runCommand(['audit', 'list', ...options], storageVariables());
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
