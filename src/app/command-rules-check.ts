import type { Command } from 'commander';
import { EXIT, type CommandIo } from './command-io.ts';
import { formatRuleProblem } from './rule-log.ts';
import { loadRules } from './rule-loading.ts';
import { styleProblems } from './rule-style.ts';
import { terminalText } from './terminal-text.ts';
import type { RuleProblem } from '../scanning/rule-set.ts';

const HELP = `
Compiles each directory by itself, as the proxy would, and prints every problem with file, line and column: what does
not compile, every warning of the compiler (slow patterns, loops…), and names and metadata that break the style.
A warning that is meant is explained in the rule: // suppress: CODE on the line before it.

Exits with 2 when there is any problem.`;

/** Adds `rules check`. */
export function registerRulesCheck(rules: Command, io: CommandIo): void {
  rules
    .command('check')
    .description('compile rules, and say all that is wrong with them')
    .argument('<dir...>', 'directories of .yar and .yara files')
    .option('--no-style', 'leave out the style of names and metadata')
    .addHelpText('after', HELP)
    .action(async (directories: readonly string[], options: { readonly style: boolean }) => {
      for (const directory of directories) await check(directory, options.style, io);
    });
}

async function check(directory: string, withStyle: boolean, io: CommandIo): Promise<void> {
  const loading = await loadRules([{ directory, namespace: 'checked', brokenRules: 'refuse' }]);
  if (!loading.ok) {
    print(loading.problems, io);
    return;
  }
  const { rules, warnings } = loading.ruleSet;
  const problems = [...warnings, ...(withStyle ? styleProblems(rules) : [])];
  if (problems.length > 0) print(problems, io);
  else io.stdout.write(`${terminalText(directory)}: ${rules.length} rules ok\n`);
}

function print(problems: readonly RuleProblem[], io: CommandIo): void {
  for (const problem of problems) io.stdout.write(`${terminalText(formatRuleProblem(problem))}\n`);
  io.exitCode = EXIT.badInput;
}
