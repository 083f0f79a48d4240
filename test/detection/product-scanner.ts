/** The scanner as the product runs it: the default configuration, detectors, and the rules that come with it. */
import { loadRules, ruleDirectories } from '../../src/app/rule-loading.ts';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { createScanner, scanMessage } from '../../src/scanning/scan-message.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';
import { scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';
import type { Subject } from './threat.ts';

/** The default rules and detectors, ready to scan. */
export interface Product {
  /** Scans a body, by default as it comes from a handset that no gateway knows. */
  readonly scan: (subject: Subject) => Promise<ScanOutcome>;
  /** Names of the rules that can match. */
  readonly rules: readonly string[];
}

/** Loads the default rules into this thread; rejects when they are broken. */
export async function loadProduct(): Promise<Product> {
  const loading = await loadRules(ruleDirectories({ builtIn: true, directories: [], watch: false }));
  if (!loading.ok) throw new Error(loading.problems.map(({ message }) => message).join('\n'));
  const { image, digest, rules } = loading.ruleSet;
  const scanner = openRuleSet(image);
  return {
    scan: ({ body, context, settings }) =>
      scanMessage(body, scanContext(context), createScanner(scanSettings(settings), scanner, digest)),
    rules: rules.map(({ rule }) => rule),
  };
}
