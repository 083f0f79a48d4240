/** Settings for pools in tests, and rule sets for threads that run no rules. */
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { DEFAULT_ALLOWED_MEDIA } from '../../src/inspection/media-allow-list.ts';
import { DEFAULT_SIZE_LIMITS } from '../../src/inspection/size-detector.ts';
import type { RuleImage, RuleSet } from '../../src/scanning/rule-set.ts';
import type { PoolSettings, ScanSettings } from '../../src/scanning/scan-settings.ts';

/** The entry of threads that do what a body says. */
export const SCRIPTED = new URL('./scripted-scan-worker.ts', import.meta.url);

/** Settings for a pool of one thread, with what a test changes. */
export function poolSettings(changes: Partial<PoolSettings> = {}): PoolSettings {
  return {
    threads: 1,
    deadlineMs: 20_000,
    queueWaitMs: 20_000,
    queueMax: 100,
    queueBytesMax: 10_000_000,
    verdictsMax: 100,
    poisonScansMax: 2,
    threadHeapMib: 64,
    ...changes,
  };
}

/** Settings for scans, with what a test changes. */
export function scanSettings(changes: Partial<ScanSettings> = {}): ScanSettings {
  return {
    decode: { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD },
    bodyBytesMax: 1_000_000,
    sizeLimits: DEFAULT_SIZE_LIMITS,
    allowedMedia: DEFAULT_ALLOWED_MEDIA,
    urls: { blocked: [], shorteners: [], brands: {} },
    mmscHosts: undefined,
    ...changes,
  };
}

/** A rule set with a digest and nothing else, for threads that open none. */
export function ruleSetCalled(digest: string): RuleSet {
  return {
    digest,
    rules: [],
    skipped: [],
    warnings: [],
    engine: { version: '', degraded: [] },
    image: {} as RuleImage,
  };
}
