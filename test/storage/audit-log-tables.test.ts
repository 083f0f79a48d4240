import { describe, expect, it } from 'vitest';
import { SqlAuditLog } from '../../src/storage/sql-audit-log.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

const CHANGES = [
  "UPDATE audit_log SET done_by = 'mallory'",
  'UPDATE audit_log SET target = target WHERE entry_number = 1',
  'DELETE FROM audit_log',
  'DELETE FROM audit_log WHERE entry_number = 1',
] as const;

describe.each(DIALECTS)('the table of the audit log in %s', (dialect) => {
  const changes = dialect === 'postgres' ? [...CHANGES, 'TRUNCATE audit_log'] : CHANGES;

  it.each(changes)('refuses %s', async (sql) => {
    const database = await scratchDatabase(dialect);
    const log = new SqlAuditLog(database);
    await log.append({ atMs: 1, by: 'ana', role: 'admin', act: 'rules.reload', target: '', detail: {} });
    await expect(database.transaction([{ sql, values: [] }])).rejects.toThrow('the audit log only grows');
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: 1 });
  });

  it('takes each number once', async () => {
    const database = await scratchDatabase(dialect);
    const sql = "INSERT INTO audit_log VALUES (1, 1, '', '', '', '', '{}', '')";
    expect(await database.transaction([{ sql, values: [] }])).toMatchObject({ ok: true });
    await expect(database.transaction([{ sql, values: [] }])).rejects.toThrow(/unique/i);
  });
});
