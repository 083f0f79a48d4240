import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SOURCES = globSync('src/**/*.ts');

/** Files that hold only types, or only start the process: there is nothing in them to run. */
const WITHOUT_TWIN = new Set([
  'src/main.ts',
  'src/scanning/compile-worker.ts',
  'src/scanning/rule-image.ts',
  'src/scanning/scan-worker.ts',
  'src/scanning/web-assembly.d.ts',
  'src/codec/pdu-types.ts',
  'src/codec/value-codec.ts',
  'src/inspection/finding.ts',
  'src/inspection/message-detector.ts',
  'src/inspection/part-view.ts',
  'src/inspection/rule-match.ts',
  'src/inspection/scan-outcome.ts',
  'src/policy/decision.ts',
  'src/scanning/scan-context.ts',
  'src/scanning/scan-settings.ts',
  'src/scanning/thread-messages.ts',
  'src/proxy/settings.ts',
  'src/proxy/exchange-context.ts',
  'src/storage/access-tokens.ts',
  'src/storage/audit-log.ts',
  'src/storage/message-track.ts',
  'src/storage/quarantine-store.ts',
  'src/storage/sql-database.ts',
  'src/storage/sqlite-thread.ts',
  'src/storage/task-list.ts',
  'src/admin/admin-parts.ts',
  'src/admin/export-worker.ts',
  'src/proxy/forwarder.ts',
  'src/storage/quarantine-service.ts',
]);

const twinOf = (source: string): string => source.replace('src/', 'test/').replace('.ts', '.test.ts');

describe('the source tree', () => {
  it('has a twin test for every file that can run', () => {
    const orphans = SOURCES.filter((source) => !WITHOUT_TWIN.has(source) && !existsSync(twinOf(source)));
    expect(orphans).toEqual([]);
  });

  it('lists no file without a twin that has gone or has got one', () => {
    const stale = [...WITHOUT_TWIN].filter((source) => !existsSync(source) || existsSync(twinOf(source)));
    expect(stale).toEqual([]);
  });

  it.each([
    ['work left for later', /\b(TODO|FIXME|XXX)\b/],
    ['a rule that is switched off', /eslint-disable|@ts-ignore|@ts-expect-error/],
    ['a path of one machine', /["'`](\/home|\/work|\/root|\/Users)\//],
  ])('has no %s', (_, pattern) => {
    const files = [...SOURCES, ...globSync('test/**/*.ts', { exclude: ['test/tools/tidy.test.ts'] })];
    expect(files.filter((file) => pattern.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('names no file for a drawer of odds and ends', () => {
    expect(SOURCES.filter((source) => /(utils?|helpers?|manager|common|index)\.ts$/.test(source))).toEqual(
      [],
    );
  });
});
