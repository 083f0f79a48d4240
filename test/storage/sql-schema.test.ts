import { describe, expect, it } from 'vitest';
import { newerSchema, schemaFrom, SCHEMA_VERSION } from '../../src/storage/sql-schema.ts';

describe.each(['sqlite', 'postgres'] as const)('the tables in %s', (dialect) => {
  it('are all made in an empty database, each one once', () => {
    const made = schemaFrom(0, dialect).flatMap((sql) => /CREATE TABLE (\w+)/.exec(sql)?.[1] ?? []);
    expect(made.toSorted()).toEqual([
      'access_tokens',
      'audit_log',
      'message_track',
      'message_track_terms',
      'quarantine',
      'quarantine_approvals',
      'quarantine_bodies',
      'quarantine_terms',
      'quarantine_totals',
      'tasks',
    ]);
  });

  it('are left alone where they are those of now', () => {
    expect(schemaFrom(SCHEMA_VERSION, dialect)).toEqual([]);
  });
});

it('tells a database of a newer version from one of now', () => {
  expect(newerSchema(SCHEMA_VERSION)).toBeUndefined();
  expect(newerSchema(0)).toBeUndefined();
  expect(newerSchema(SCHEMA_VERSION + 1)).toContain(`schema ${SCHEMA_VERSION + 1}`);
});
