import { describe, expect, it } from 'vitest';
import { recordPath } from '../../src/app/quarantine-path.ts';

describe('the path of a record', () => {
  it.each([
    ['a-1', undefined, '/quarantine/a-1'],
    ['a-1', 'release', '/quarantine/a-1/release'],
    ['../tokens?x=1#y', 'delete', '/quarantine/..%2Ftokens%3Fx%3D1%23y/delete'],
  ] as const)('of %j for %s is %s', (id, act, path) => {
    expect(recordPath(id, act)).toBe(path);
  });
});
