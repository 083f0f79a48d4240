import type { Command } from 'commander';
import { checkPolicy, type PolicyProblem } from '../policy/policy-check.ts';
import type { KnownRule } from '../policy/known-subjects.ts';
import type { RuleInfo } from '../scanning/rule-set.ts';
import { ruleSeverity } from '../scanning/rule-severity.ts';
import { configOf, configOption, type ConfigOptions } from './command-config.ts';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { suggestion } from './config-error.ts';
import { policySettings } from './policy-settings.ts';
import { formatRuleProblem } from './rule-log.ts';
import { loadRules, ruleDirectories } from './rule-loading.ts';
import { terminalText } from './terminal-text.ts';

const HELP = `
Errors: entries and profiles that are never reached, contradictions, conditions that nothing fits, and names that no
finding, rule, namespace, tag, media family or listener has. Warnings: entries that let pass more than what is critical
gets by severity, and parts that cannot be stripped.

Exits with 2 when there is an error, or the configuration or a rule is broken.`;

/** Adds `policy check`. */
export function registerPolicyCheck(policy: Command, io: CommandIo): void {
  policy
    .command('check')
    .description('say what is wrong with the policy of the configuration')
    .addOption(configOption())
    .addHelpText('after', HELP)
    .action(async (options: ConfigOptions) => {
      await check(options, io);
    });
}

async function check(options: ConfigOptions, io: CommandIo): Promise<void> {
  const config = await configOf(options, io);
  if (config === undefined) return;
  const loading = await loadRules(ruleDirectories(config.rules));
  if (!loading.ok) {
    refuseInput(loading.problems.map(formatRuleProblem), io);
    return;
  }
  const policy = policySettings(config.policy);
  const listeners = [config.listen, ...config.furtherListeners].map(({ name }) => name);
  const rules = loading.ruleSet.rules.map(knownRule);
  const problems = checkPolicy(policy, { rules, listeners, suggestion });
  for (const problem of problems) io.stdout.write(`${terminalText(lineOf(problem))}\n`);
  if (problems.some(({ level }) => level === 'error')) io.exitCode = EXIT.badInput;
  else io.stdout.write(`policy ok: ${problems.length} warnings\n`);
}

function knownRule({ rule, namespace, tags, metadata, targets }: RuleInfo): KnownRule {
  const { score } = metadata;
  return {
    rule,
    namespace,
    tags,
    severity: ruleSeverity(metadata),
    score: typeof score === 'number' ? score : undefined,
    targets,
  };
}

function lineOf({ level, profile, entry, message }: PolicyProblem): string {
  const place = entry === undefined ? `profile ${profile}` : `profile ${profile}, entry ${entry}`;
  return `${level}: ${place}: ${message}`;
}
