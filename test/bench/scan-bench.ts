/** What a scan costs in one thread: the whole of it, and the rules alone against Debian's C `yara`. */
import { scanMessage } from '../../src/scanning/scan-message.ts';
import type { RuleSet } from '../../src/scanning/rule-set.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';
import { CYara } from './c-yara.ts';
import { MEDIA, sendRequest, type Medium } from './messages.ts';
import { printTable } from './report.ts';
import { compiled, defaultSources, forCYara, sourceOf, standaloneRules, textOf } from './rules.ts';
import { compareWithCYara, scanPart } from './rules-against-c.ts';
import { POSTED, scannerOf } from './scanner.ts';
import { microseconds } from './timing.ts';

const PAYLOADS = [30_000, 300_000, 1_000_000].flatMap((size) =>
  (Object.keys(MEDIA) as Medium[]).map((medium) => ({ name: `${medium}, ${size / 1000} KB`, medium, size })),
);

/** Measures and prints both tables. */
export async function benchScan(folder: string): Promise<void> {
  const sources = await defaultSources();
  await benchWhole(await compiled(sources));
  const rules = standaloneRules(sources);
  const subset = forCYara(rules, folder);
  const text = textOf(subset);
  const ruleSet = await compiled([sourceOf(text)]);
  const engines = { rules: openRuleSet(ruleSet.image), reference: new CYara(text, folder) };
  const rows = [['', 'µs', 'MB/s', 'C yara µs', 'C yara MB/s', 'time, of C yara']];
  for (const { name, medium, size } of PAYLOADS) {
    const { bytes } = MEDIA[medium](size);
    const { own, cYara } = await compareWithCYara(engines, bytes);
    rows.push([name, ...figures(own, bytes), ...figures(cYara, bytes), (own / cYara).toFixed(2)]);
  }
  const title = `Rules alone: the ${subset.length} of ${rules.length} default rules that C yara can compile, all of them for both`;
  printTable(
    `${title}\n(C yara: one process and thread over a list, without what an empty list takes)`,
    rows,
  );
}

async function benchWhole(ruleSet: RuleSet): Promise<void> {
  const scanner = scannerOf(ruleSet);
  const rows = [['', 'µs', 'MB/s', 'rules on its medium µs', 'of the whole']];
  for (const { name, medium, size } of PAYLOADS) {
    const { bytes } = MEDIA[medium](size);
    const body = sendRequest(size, medium);
    const whole = await microseconds(() => scanMessage(body, POSTED, scanner));
    const rules = await microseconds(() => {
      scanPart(scanner.rules, bytes);
    });
    rows.push([name, ...figures(whole, body), rules.toFixed(0), (rules / whole).toFixed(2)]);
  }
  printTable(
    `One message: decoded, inspected, and every part searched with the ${ruleSet.rules.length} default rules`,
    rows,
  );
}

function figures(time: number, { length }: Uint8Array): string[] {
  return [time.toFixed(0), (length / time).toFixed(0)];
}
