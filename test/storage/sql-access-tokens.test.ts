import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ROLES, TOKEN_NAME, type NewToken } from '../../src/storage/access-tokens.ts';
import { SqlAccessTokens } from '../../src/storage/sql-access-tokens.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

const AT_MS = 1_764_028_800_000;

const ANA = { name: 'ana', role: 'analyst', by: 'root', atMs: AT_MS } as const;

async function made(
  tokens: SqlAccessTokens,
  changes: Partial<Parameters<SqlAccessTokens['create']>[0]> = {},
): Promise<NewToken> {
  const created = await tokens.create({ ...ANA, ...changes });
  if (created.kind !== 'created') throw new Error(created.kind);
  return created.token;
}

describe.each(DIALECTS)('tokens in %s', (dialect) => {
  it('are made with 256 random bits, and found by them', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    const { text, ...info } = await made(tokens);
    expect(text).toMatch(/^mmsguard_[A-Za-z0-9_-]{43}$/);
    expect(info).toStrictEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'ana',
      role: 'analyst',
      createdAtMs: AT_MS,
      createdBy: 'root',
      expiresAtMs: undefined,
      revokedAtMs: undefined,
    });
    expect(await tokens.check(text, AT_MS)).toStrictEqual({ kind: 'found', value: info });
    expect((await made(tokens, { name: 'bob' })).text).not.toBe(text);
  });

  it('leave only the hash of their text in the database', async () => {
    const database = await scratchDatabase(dialect);
    const { text } = await made(new SqlAccessTokens(database));
    const read = await database.transaction([{ sql: 'SELECT * FROM access_tokens', values: [] }]);
    const stored = JSON.stringify(read);
    expect(stored).not.toContain(text.slice('mmsguard_'.length));
    expect(stored).toContain(hash('sha256', text, 'hex'));
  });

  it('are unknown by every other text', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    const { text } = await made(tokens);
    const secret = text.slice('mmsguard_'.length);
    const others = [
      '',
      secret,
      text.slice(0, -1),
      `${text}A`,
      `${text}\n`,
      ` ${text}`,
      text.replace('mmsguard', 'MMSGUARD'),
      `mmsguard_${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`,
      `mmsguard_${'A'.repeat(42)}\0`,
      hash('sha256', text, 'hex'),
      'x'.repeat(1_000_000),
    ];
    for (const other of others) expect(await tokens.check(other, AT_MS)).toEqual({ kind: 'unknown' });
  });

  it('are valid until the millisecond in which they run out', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    const { text } = await made(tokens, { expiresAtMs: AT_MS + 10 });
    expect(await tokens.check(text, AT_MS + 9)).toMatchObject({
      kind: 'found',
      value: { expiresAtMs: AT_MS + 10 },
    });
    expect(await tokens.check(text, AT_MS + 10)).toEqual({ kind: 'unknown' });
  });

  it('are no longer valid once revoked, and keep the time of the first revocation', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    const { id, text } = await made(tokens);
    expect(await tokens.revoke(id, AT_MS + 1)).toEqual({ kind: 'done' });
    expect(await tokens.check(text, AT_MS + 1)).toEqual({ kind: 'unknown' });
    expect(await tokens.revoke(id, AT_MS + 2)).toEqual({ kind: 'done' });
    expect(await tokens.list()).toMatchObject({ value: [{ id, revokedAtMs: AT_MS + 1 }] });
  });

  it('cannot be revoked when nobody has made them', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    for (const id of ['', 'x', '\0', '\ud800', 'x'.repeat(100_000)])
      expect(await tokens.revoke(id, AT_MS)).toEqual({ kind: 'unknown' });
  });

  it('have a name that no other valid one has', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    const { id } = await made(tokens, { expiresAtMs: AT_MS + 10 });
    expect(await tokens.create(ANA)).toEqual({ kind: 'name-taken' });
    expect(await tokens.create({ ...ANA, atMs: AT_MS + 9 })).toEqual({ kind: 'name-taken' });
    const second = await made(tokens, { atMs: AT_MS + 10 });
    await tokens.revoke(second.id, AT_MS + 11);
    const third = await made(tokens, { atMs: AT_MS + 12 });
    // What ends an old token does not free the name that a new one has.
    await tokens.revoke(id, AT_MS + 13);
    expect(await tokens.create({ ...ANA, atMs: AT_MS + 14 })).toEqual({ kind: 'name-taken' });
    expect(await tokens.check(third.text, AT_MS + 14)).toMatchObject({ kind: 'found' });
  });

  it('are made once when many ask for one name at the same time', async () => {
    const database = await scratchDatabase(dialect);
    const asked = Array.from({ length: 12 }, () => new SqlAccessTokens(database).create(ANA));
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'created')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'name-taken')).toHaveLength(11);
  });

  it('are all listed, newest first, without their texts', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    for (const [index, role] of ROLES.entries())
      await made(tokens, { name: role, role, atMs: AT_MS + index });
    const found = await tokens.list();
    expect(found).toMatchObject({ value: [{ name: 'admin' }, { name: 'analyst' }, { name: 'viewer' }] });
    expect(JSON.stringify(found)).not.toContain('mmsguard_');
  });

  it('may have hostile names', async () => {
    const tokens = new SqlAccessTokens(await scratchDatabase(dialect));
    const { text } = await made(tokens, { name: `'";--\0\ud800`, by: 'x'.repeat(100_000) });
    expect(await tokens.check(text, AT_MS)).toMatchObject({
      value: { name: `'";--\uFFFD\uFFFD`, createdBy: 'x'.repeat(512) },
    });
  });
});

describe('tokens in a database that does not answer', () => {
  it('are told as failed, by every act', async () => {
    const tokens = new SqlAccessTokens({
      dialect: 'sqlite',
      transaction: () => Promise.resolve({ ok: false, code: 'unavailable', detail: 'gone' }),
      close: () => Promise.resolve(),
    });
    const acts = [
      tokens.create(ANA),
      tokens.check(`mmsguard_${'A'.repeat(43)}`, AT_MS),
      tokens.list(),
      tokens.revoke('a', AT_MS),
    ];
    for (const act of acts)
      expect(await act).toEqual({ kind: 'failed', code: 'unavailable', detail: 'gone' });
  });
});

describe('the name of a token', () => {
  it.each(['ana', 'Ana Müller', 'soc-7@carrier.example', '7', 'x'.repeat(64)])('may be %j', (name) => {
    expect(name).toMatch(TOKEN_NAME);
  });

  it.each(['', ' ana', '-ana', 'a\nb', 'a\0', 'a\u202eb', 'a<b>', 'x'.repeat(65)])(
    'may not be %j',
    (name) => {
      expect(name).not.toMatch(TOKEN_NAME);
    },
  );
});
