import type { Command } from 'commander';
import { readRuleSources } from '../scanning/rule-source.ts';
import { compileInThread } from '../scanning/rule-set.ts';
import { refuseInput, type CommandIo } from './command-io.ts';
import { formatRuleProblem } from './rule-log.ts';
import { BUILT_IN_NAMESPACE, BUILT_IN_RULES } from './rule-loading.ts';
import { PAYLOAD_BYTES, RULE_PAYLOADS, type RulePayload } from './rule-payloads.ts';
import { timePayloads, timeRules, type PayloadTiming } from './rule-timing.ts';
import { terminalText } from './terminal-text.ts';

const HELP = `
Times the rules of a directory on payloads of ${PAYLOAD_BYTES / 1000} KB: what people send, and floods that are made to make rules
slow. First the whole set, for each target; then each rule alone, the slowest first. Every figure is the fastest of three
scans on this machine: compare figures of one run with each other.

Exits with 2 when the rules are broken.`;

/** Rules that are timed one by one; of a larger set it would take hours. */
export const SINGLE_RULES_MAX = 500;

/** Rules that are listed. */
const SLOWEST_LISTED = 20;

/** Adds `rules bench`. */
export function registerRulesBench(rules: Command, io: CommandIo): void {
  rules
    .command('bench')
    .description('time rules on ordinary and on adversarial payloads, the slowest rules first')
    .argument('[dir]', 'directory of rules (default: those that come with mmsguard)', BUILT_IN_RULES)
    .addHelpText('after', HELP)
    .action(async (directory: string) => {
      await bench(directory, RULE_PAYLOADS, io);
    });
}

/** Times the rules of a directory on payloads, and prints both tables. */
export async function bench(
  directory: string,
  payloads: readonly RulePayload[],
  io: CommandIo,
): Promise<void> {
  const reading = await readRuleSources([
    { directory, namespace: BUILT_IN_NAMESPACE, brokenRules: 'refuse' },
  ]);
  if (!reading.ok) {
    refuseInput(reading.problems.map(formatRuleProblem), io);
    return;
  }
  const compiled = await compileInThread(reading.sources, { skipBroken: new Set() });
  if (!compiled.ok) {
    refuseInput(compiled.problems.map(formatRuleProblem), io);
    return;
  }
  const { ruleSet } = compiled;
  io.stdout.write(`${ruleSet.rules.length} rules, milliseconds by payload and target\n`);
  for (const line of payloadLines(payloads, timePayloads(ruleSet, payloads))) io.stdout.write(`${line}\n`);
  if (ruleSet.rules.length > SINGLE_RULES_MAX) {
    io.stdout.write(`\nmore than ${SINGLE_RULES_MAX} rules: not timed one by one\n`);
    return;
  }
  io.stdout.write('\nslowest rules alone: milliseconds on the worst payload, and on all\n');
  for (const { rule, worstMs, worstPayload, totalMs } of (
    await timeRules(reading.sources, ruleSet, payloads)
  ).slice(0, SLOWEST_LISTED)) {
    const figures = `${worstMs.toFixed(2).padStart(9)}  ${totalMs.toFixed(2).padStart(9)}`;
    io.stdout.write(`${figures}  ${terminalText(rule)} (${worstPayload})\n`);
  }
}

function payloadLines(payloads: readonly RulePayload[], timings: readonly PayloadTiming[]): string[] {
  return payloads.map(({ name, kind }) => {
    const cells = timings
      .filter(({ payload }) => payload === name)
      .map(({ target, ms }) => `${target} ${ms.toFixed(2).padStart(8)}`);
    return `${kind.padEnd(11)}  ${name.padEnd(18)}  ${cells.join('   ')}`;
  });
}
