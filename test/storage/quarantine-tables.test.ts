import { describe, expect, it } from 'vitest';
import { octetsValue } from '../../src/storage/quarantine-tables.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

describe.each(DIALECTS)('the tables of the quarantine in %s', (dialect) => {
  it('begin with totals of nothing', async () => {
    const database = await scratchDatabase(dialect);
    const totals = { sql: 'SELECT held, bytes, last_id FROM quarantine_totals', values: [] };
    expect(await database.transaction([totals])).toEqual({
      ok: true,
      rows: [[{ held: 0, bytes: 0, last_id: '' }]],
    });
  });

  it('have one row of totals and no second one', async () => {
    const database = await scratchDatabase(dialect);
    const second = "INSERT INTO quarantine_totals (only_row, held, bytes, last_id) VALUES (1, 0, 0, '')";
    await expect(database.transaction([{ sql: second, values: [] }])).rejects.toThrow(/unique/i);
  });

  it('take octets where a SELECT gives them', async () => {
    const database = await scratchDatabase(dialect);
    const result = await database.transaction([
      {
        sql: `INSERT INTO quarantine_bodies (body_key, body, bytes, uses) SELECT 'k', ${octetsValue(dialect)}, 2, 1
              RETURNING body`,
        values: [Uint8Array.of(0, 255)],
      },
    ]);
    expect(result.ok && Buffer.from(result.rows[0]?.[0]?.['body'] as Uint8Array)).toEqual(Buffer.of(0, 255));
  });
});
