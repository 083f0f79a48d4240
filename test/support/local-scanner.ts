/** Scans on the calling thread and without rules, for tests of what stands around a scan. */
import type { RuleScanner } from '../../src/scanning/yara-engine.ts';
import type { BodyScanner } from '../../src/scanning/scan-pool.ts';
import { createScanner, scanMessage } from '../../src/scanning/scan-message.ts';
import type { ScanSettings } from '../../src/scanning/scan-settings.ts';
import { scanSettings } from './scan-rig.ts';

/** Rules that match nothing. */
export const NO_RULES: RuleScanner = { scan: () => [], scansLeft: Infinity };

/** A scanner with the settings of tests, and what a test changes. */
export function localScanner(
  changes: Partial<ScanSettings> = {},
  rules: RuleScanner = NO_RULES,
): BodyScanner {
  const scanner = createScanner(scanSettings(changes), rules, 'no-rules');
  return { scan: (body, context) => scanMessage(body, context, scanner) };
}
