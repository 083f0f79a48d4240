/** A scanner in the thread of the benchmark, and what it is asked. */
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { scanSettings } from '../../src/app/scan-settings.ts';
import type { RuleSet } from '../../src/scanning/rule-set.ts';
import type { ScanContext } from '../../src/scanning/scan-context.ts';
import { createScanner, type Scanner } from '../../src/scanning/scan-message.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';

/** A message that a handset has posted. */
export const POSTED: ScanContext = {
  direction: 'outbound',
  contentType: 'application/vnd.wap.mms-message',
  contentEncodings: [],
  authenticatedSender: undefined,
  senderClass: 'unknown',
};

/** The configuration of nobody. */
export function defaultConfig(): Config {
  const result = readConfig('', {});
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

/** A scanner with the default settings. Scanners that were made in this thread before must not be used any more. */
export function scannerOf(ruleSet: RuleSet): Scanner {
  return createScanner(scanSettings(defaultConfig()), openRuleSet(ruleSet.image), ruleSet.digest);
}
