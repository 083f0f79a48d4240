import { describe, expect, it } from 'vitest';
import type { SqlStatement } from '../../src/storage/sql-database.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

const token = (id: string, nameInUse: string | null, textHash: string): SqlStatement => ({
  sql: `INSERT INTO access_tokens (id, name, name_in_use, role, text_hash, created_at_ms, created_by)
        VALUES (?, 'ana', ?, 'viewer', ?, 1, 'root')`,
  values: [id, nameInUse, textHash],
});

describe.each(DIALECTS)('the table of the access tokens in %s', (dialect) => {
  it('takes a name as often as it is in use no more', async () => {
    const database = await scratchDatabase(dialect);
    const tokens = [token('a', null, 'h1'), token('b', null, 'h2'), token('c', 'ana', 'h3')];
    expect(await database.transaction(tokens)).toMatchObject({ ok: true });
  });

  it.each([
    ['name that is in use', token('b', 'ana', 'h2')],
    ['hash', token('b', null, 'h1')],
    ['id', token('a', null, 'h2')],
  ])('takes each %s once', async (_, second) => {
    const database = await scratchDatabase(dialect);
    await database.transaction([token('a', 'ana', 'h1')]);
    await expect(database.transaction([second])).rejects.toThrow(/unique/i);
  });
});
