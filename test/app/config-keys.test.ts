import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONFIG_OUTLINE, environmentNameOf, formatPath, outlineOf } from '../../src/app/config-keys.ts';

describe('the environment variable of a key', () => {
  it.each([
    [['listen', 'port'], 'MMSGUARD_LISTEN_PORT'],
    [['limits', 'bodyBytesMax'], 'MMSGUARD_LIMITS_BODY_BYTES_MAX'],
    [['policy', 'notInspected', 'queue-full'], 'MMSGUARD_POLICY_NOT_INSPECTED_QUEUE_FULL'],
    [['listen', 'tls', 'clientCaFile'], 'MMSGUARD_LISTEN_TLS_CLIENT_CA_FILE'],
  ])('%j: %s', (path, name) => {
    expect(environmentNameOf(path)).toBe(name);
  });

  it('belongs to one key only', () => {
    const names = CONFIG_OUTLINE.keys.map((key) => key.environmentName);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a path', () => {
  it.each([
    [[], ''],
    [['log'], 'log'],
    [['allowedMmscs', 0, 'tls', 'caFile'], 'allowedMmscs[0].tls.caFile'],
    [['codec', 'tolerate', 12], 'codec.tolerate[12]'],
  ])('%j is written as %j', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('the outline of a schema', () => {
  it('has groups before their keys, with help and defaults', () => {
    const inner = z.strictObject({ b: z.int().default(1).describe('B'), c: z.array(z.string()).default([]) });
    const outline = outlineOf(
      z.strictObject({ a: inner.prefault({}).describe('A'), d: z.string().describe('D') }),
    );
    expect(outline.groups).toEqual([{ path: ['a'], help: 'A' }]);
    expect(outline.keys).toMatchObject([
      { path: ['a', 'b'], help: 'B', byDefault: 1, environmentName: 'MMSGUARD_A_B' },
      { path: ['a', 'c'], help: '', byDefault: [], environmentName: 'MMSGUARD_A_C' },
      { path: ['d'], help: 'D', byDefault: undefined, environmentName: 'MMSGUARD_D' },
    ]);
  });
});
