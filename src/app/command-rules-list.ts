import type { Command } from 'commander';
import type { RuleInfo } from '../scanning/rule-set.ts';
import { ruleSeverity } from '../scanning/rule-severity.ts';
import { configOf, configOption, type ConfigOptions } from './command-config.ts';
import { refuseInput, type CommandIo } from './command-io.ts';
import { formatRuleProblem } from './rule-log.ts';
import { loadRules, ruleDirectories } from './rule-loading.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

interface ListOptions extends ConfigOptions {
  readonly json?: true;
}

/** Adds `rules list`. */
export function registerRulesList(rules: Command, io: CommandIo): void {
  rules
    .command('list')
    .description('list the rules that the configuration names, as the proxy would load them')
    .addOption(configOption())
    .option('--json', 'print one JSON object a rule')
    .action(async (options: ListOptions) => {
      await list(options, io);
    });
}

async function list(options: ListOptions, io: CommandIo): Promise<void> {
  const config = await configOf(options, io);
  if (config === undefined) return;
  const loading = await loadRules(ruleDirectories(config.rules));
  if (!loading.ok) {
    refuseInput(loading.problems.map(formatRuleProblem), io);
    return;
  }
  const { rules, skipped, digest } = loading.ruleSet;
  for (const rule of rules) io.stdout.write(`${options.json === true ? terminalJson(rule) : lineOf(rule)}\n`);
  for (const problem of skipped) io.stderr.write(`left out: ${terminalText(formatRuleProblem(problem))}\n`);
  if (options.json !== true)
    io.stdout.write(`${rules.length} rules, ${skipped.length} left out, set ${digest}\n`);
}

function lineOf({ namespace, rule, metadata, targets, tags }: RuleInfo): string {
  const words = tags.length === 0 ? '' : `  [${tags.join(' ')}]`;
  return `${ruleSeverity(metadata).padEnd(8)}  ${terminalText(`${namespace}:${rule}`)}  ${targets.join(', ')}${terminalText(words)}`;
}
