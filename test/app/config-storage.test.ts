import { describe, expect, it } from 'vitest';
import { formatPath } from '../../src/app/config-keys.ts';
import { readConfig } from '../../src/app/config-load.ts';

const KEPT = 'needs a storage: set storage.sqliteFile or storage.postgresUrl';

function errorsOf(yaml: string): readonly string[] {
  const result = readConfig(yaml, {});
  return result.ok ? [] : result.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('the groups about storage', () => {
  it('keep nothing unless they say where', () => {
    const result = readConfig('', {});
    expect(result.ok && result.config.storage).toMatchObject({ sqliteFile: null, postgresUrl: null });
    expect(formatPath(['storage', 'sqliteFile'])).toBe('storage.sqliteFile');
  });

  it.each([
    [
      "storage: { sqliteFile: a, postgresUrl: 'postgres://h/d' }",
      'storage.postgresUrl: is one database too many',
    ],
    ["storage: { postgresUrl: 'mysql://h/d' }", 'storage.postgresUrl: must begin with postgres://'],
    ["quarantine: { pushGatewayUrl: 'http://ppg/' }", 'quarantine.publicUrl: is needed by pushGatewayUrl'],
    ["quarantine: { publicUrl: 'ftp://h/' }", 'quarantine.publicUrl: must be an http or https URL'],
    ['quarantine: { told: nothing }', 'quarantine.told'],
    ['quarantine: { retentionDays: { high: 0 } }', 'quarantine.retentionDays.high'],
    ['quarantine: { pushGatewayAuthorization: "a\\nb" }', 'quarantine.pushGatewayAuthorization'],
    ['policy: { severities: { high: quarantine } }', `policy.severities.high: ${KEPT}`],
    ['policy: { notInspected: { timeout: quarantine } }', `policy.notInspected.timeout: ${KEPT}`],
    ['policy: { entries: [{ name: a, when: {}, action: quarantine }] }', `policy.entries[0].action: ${KEPT}`],
    [
      'policy: { profiles: [{ name: p, severities: { low: quarantine } }] }',
      `policy.profiles[0].severities.low: ${KEPT}`,
    ],
  ])('refuse %s', (yaml, error) => {
    expect(errorsOf(yaml).join('\n')).toContain(error);
  });

  it.each([
    'storage: { sqliteFile: a }\npolicy: { severities: { high: quarantine } }',
    'policy: { entries: [{ name: a, when: {}, action: quarantine, state: off }] }',
    "quarantine: { pushGatewayUrl: 'http://ppg/', publicUrl: 'http://proxy/' }",
  ])('take %s', (yaml) => {
    expect(errorsOf(yaml)).toEqual([]);
  });
});
