import { describe, expect, it } from 'vitest';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

describe.each(DIALECTS)('the table of the tasks in %s', (dialect) => {
  it('takes each id once', async () => {
    const database = await scratchDatabase(dialect);
    const task = {
      sql: "INSERT INTO tasks (id, owner, state, started_at_ms, written_at_ms, rest) VALUES (?, '', '', 1, 1, '{}')",
      values: ['a'],
    };
    expect(await database.transaction([task])).toMatchObject({ ok: true });
    await expect(database.transaction([task])).rejects.toThrow(/unique/i);
  });
});
