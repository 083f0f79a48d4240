import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { poolSettings, scanSettings } from '../../src/app/scan-settings.ts';
import { REAL_WORLD, STRICT } from '../../src/codec/deviations.ts';

function configOf(yaml: string): Config {
  const result = readConfig(yaml, {});
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

describe('scanSettings', () => {
  it.each([
    ['real-world', REAL_WORLD],
    ['strict', STRICT],
    ['[uri-space, trailing-bytes]', new Set(['uri-space', 'trailing-bytes'])],
    ['[]', STRICT],
  ])('tolerates %s', (tolerate, expected) => {
    expect(scanSettings(configOf(`codec: { tolerate: ${tolerate} }`)).decode.tolerate).toEqual(expected);
  });

  it('knows the hosts that handsets may be sent to', () => {
    const config = configOf(
      '{ mmsc: { url: "http://mmsc/" }, allowedMmscs: [{ url: "http://MMSC2.test:8080/" }] }',
    );
    expect(scanSettings(config).mmscHosts).toEqual(new Set(['mmsc', 'mmsc2.test']));
  });

  it('brings what the operator allows, forbids and blocks to the detectors', () => {
    const config = configOf(
      '{ media: { allow: [image/tiff], forbid: [gif] }, urls: { blocked: [evil.test] } }',
    );
    const { allowedMedia, urls } = scanSettings(config);
    expect([allowedMedia.mediaTypes.has('image/tiff'), allowedMedia.families.has('gif')]).toEqual([
      true,
      false,
    ]);
    expect(urls.blocked).toEqual(['evil.test']);
  });

  it('crosses into a thread as it is', () => {
    const settings = scanSettings(configOf(''));
    expect(structuredClone(settings)).toEqual(settings);
  });
});

describe('poolSettings', () => {
  it('leaves one core to the network', () => {
    expect(poolSettings(configOf('')).threads).toBe(Math.max(1, availableParallelism() - 1));
    expect(poolSettings(configOf('scanning: { threads: 7 }')).threads).toBe(7);
  });
});
