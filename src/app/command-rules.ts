import type { Command } from 'commander';
import { registerRulesBench } from './command-rules-bench.ts';
import { registerRulesCheck } from './command-rules-check.ts';
import { registerRulesList } from './command-rules-list.ts';
import { registerRulesTest } from './command-rules-test.ts';
import type { CommandIo } from './command-io.ts';

/** Adds `rules check`, `rules test`, `rules list` and `rules bench`. */
export function registerRules(program: Command, io: CommandIo): void {
  const rules = program.command('rules').description('check, test, list and time YARA rules');
  for (const register of [registerRulesCheck, registerRulesTest, registerRulesList, registerRulesBench])
    register(rules, io);
}
