import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { registerPolicyCheck } from './command-policy-check.ts';
import { registerPolicyTest } from './command-policy-test.ts';

/** Adds `policy check` and `policy test`. */
export function registerPolicy(program: Command, io: CommandIo): void {
  const policy = program.command('policy').description('check the policy, and try it on messages');
  for (const register of [registerPolicyCheck, registerPolicyTest]) register(policy, io);
}
