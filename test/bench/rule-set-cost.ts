/** What so many rules cost: `rule-set-cost.ts COUNT FOLDER` prints a `RuleSetCost` as JSON. */
import { scanSettings } from '../../src/app/scan-settings.ts';
import type { RuleSet } from '../../src/scanning/rule-set.ts';
import { SCAN_WORKER, ScanThread } from '../../src/scanning/scan-thread.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';
import { CYara } from './c-yara.ts';
import { MEDIA } from './messages.ts';
import { median } from './report.ts';
import { compiled, sourceOf } from './rules.ts';
import { compareWithCYara, type PairedTimes } from './rules-against-c.ts';
import { defaultConfig } from './scanner.ts';
import { syntheticRules } from './synthetic-rules.ts';

/** Costs of one rule set. */
export interface RuleSetCost {
  readonly compileMs: number;
  readonly imageBytes: number;
  /** Until a thread that is given the image can scan. */
  readonly threadStartMs: number;
  readonly small: PairedTimes;
  readonly large: PairedTimes;
}

const THREAD_STARTS = 5;

async function threadStartMs(ruleSet: RuleSet): Promise<number> {
  const settings = scanSettings(defaultConfig());
  const start = { image: ruleSet.image, ruleSetDigest: ruleSet.digest, settings };
  const times: number[] = [];
  for (let round = 0; round < THREAD_STARTS; round += 1) {
    const startedMs = performance.now();
    const thread = new ScanThread(start, { entry: SCAN_WORKER, deadlineMs: 60_000, heapMib: 256 });
    const failure = await thread.started;
    if (failure !== undefined) throw new Error(failure);
    times.push(performance.now() - startedMs);
    await thread.close();
  }
  return median(times);
}

const [count = '', folder = ''] = process.argv.slice(2);
const text = syntheticRules(Number(count));
const startedMs = performance.now();
const ruleSet = await compiled([sourceOf(text)]);
const compileMs = performance.now() - startedMs;
const starting = await threadStartMs(ruleSet);
const engines = { rules: openRuleSet(ruleSet.image), reference: new CYara(text, folder) };
const cost: RuleSetCost = {
  compileMs,
  imageBytes: ruleSet.image.memory.byteLength,
  threadStartMs: starting,
  small: await compareWithCYara(engines, MEDIA.JPEG(30_000).bytes),
  large: await compareWithCYara(engines, MEDIA.JPEG(300_000).bytes),
};
console.log(JSON.stringify(cost));
