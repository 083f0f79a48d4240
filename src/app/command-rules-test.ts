import type { Command } from 'commander';
import { NO_EXTERNALS } from '../scanning/externals.ts';
import type { RuleInfo, RuleSet } from '../scanning/rule-set.ts';
import { openRuleSet, type Externals, type RuleScanner } from '../scanning/yara-engine.ts';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { formatRuleProblem } from './rule-log.ts';
import { loadRules } from './rule-loading.ts';
import { readRuleSamples, SAMPLES_SUFFIX, type RuleSample } from './rule-samples.ts';
import { terminalText } from './terminal-text.ts';

const HELP = `
Samples stand beside the rules, in files called NAME${SAMPLES_SUFFIX}:

  samples:
    - name: a program that is called a picture
      hex: 4d 5a 90 00            # or base64: …, text: …, file: a file beside this one
      target: part                # or text, archive-member, pdu
      externals: { declared_type: image/jpeg, filename: a.jpg }
      match: [MAL_MMS_Program]    # rules that must match
      noMatch: all                # rules that must not; all: no other one

Exits with 0 when everything is as declared, 1 when something is not, 2 when rules or samples are broken.`;

/** Adds `rules test`. */
export function registerRulesTest(rules: Command, io: CommandIo): void {
  rules
    .command('test')
    .description('run the samples that are declared beside the rules')
    .argument('<dir...>', 'directories of rules and samples')
    .addHelpText('after', HELP)
    .action(async (directories: readonly string[]) => {
      for (const directory of directories) await test(directory, io);
    });
}

async function test(directory: string, io: CommandIo): Promise<void> {
  const loading = await loadRules([{ directory, namespace: 'tested', brokenRules: 'refuse' }]);
  if (!loading.ok) {
    refuseInput(loading.problems.map(formatRuleProblem), io);
    return;
  }
  const { samples, problems } = await readRuleSamples(directory);
  if (problems.length > 0) refuseInput(problems, io);
  const scanner = openRuleSet(loading.ruleSet.image);
  const failed = samples.filter((sample) => !isAsDeclared(sample, loading.ruleSet, scanner, io));
  const untested = rulesWithoutSample(loading.ruleSet.rules, samples);
  for (const rule of untested) io.stdout.write(`  no sample  ${terminalText(rule)}\n`);
  const passed = samples.length - failed.length;
  const summary = `${passed} samples passed, ${failed.length} failed, ${untested.length} rules without a sample`;
  io.stdout.write(`${terminalText(directory)}: ${summary}\n`);
  if (failed.length > 0) io.exitCode = Math.max(io.exitCode, EXIT.failure);
}

/** What a sample without externals comes with. */
const EXTERNALS: Externals = {
  ...NO_EXTERNALS,
  direction: 'outbound',
  pdu_type: 'm-send-req',
  sender_class: 'unknown',
  part_index: 0,
  part_count: 1,
};

function isAsDeclared(sample: RuleSample, { rules }: RuleSet, scanner: RuleScanner, io: CommandIo): boolean {
  const { name, target, bytes, match, noMatch } = sample;
  const given = Object.entries(sample.externals).filter(([, value]) => value !== undefined);
  const externals: Externals = { ...EXTERNALS, message_size: bytes.length, ...Object.fromEntries(given) };
  const matched = new Set(
    scanner.scan({ target, bytes, part: 0, member: undefined, externals }).map(({ rule }) => rule),
  );
  const known = new Set(rules.map(({ rule }) => rule));
  const forbidden = noMatch === 'all' ? [...matched].filter((rule) => !match.includes(rule)) : noMatch;
  const wrong = [
    ...[...match, ...forbidden].filter((rule) => !known.has(rule)).map((rule) => `there is no rule ${rule}`),
    ...match.filter((rule) => known.has(rule) && !matched.has(rule)).map((rule) => `${rule} does not match`),
    ...forbidden.filter((rule) => matched.has(rule)).map((rule) => `${rule} matches`),
  ];
  const line = wrong.length === 0 ? `  ok         ${name}` : `  FAILED     ${name}: ${wrong.join('; ')}`;
  io.stdout.write(`${terminalText(line)}\n`);
  return wrong.length === 0;
}

function rulesWithoutSample(rules: readonly RuleInfo[], samples: readonly RuleSample[]): string[] {
  const tested = new Set(samples.flatMap(({ match }) => match));
  return rules.map(({ rule }) => rule).filter((rule) => !tested.has(rule));
}
