import type { Command } from 'commander';
import type { RuleInfo } from '../scanning/rule-set.ts';
import { ruleSeverity } from '../scanning/rule-severity.ts';
import { configFileOf, configOption, refuseConfig, type ConfigOptions } from './command-config.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { loadConfig } from './config-load.ts';
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
  const file = configFileOf(options.config, io);
  const loaded = await loadConfig(file, io.environment);
  if (!loaded.ok) {
    refuseConfig(loaded.errors, file, io);
    return;
  }
  const loading = await loadRules(ruleDirectories(loaded.config.rules));
  if (!loading.ok) {
    for (const problem of loading.problems) io.stderr.write(`${terminalText(formatRuleProblem(problem))}\n`);
    io.exitCode = EXIT.badInput;
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
