import type { Command } from 'commander';
import { adminClientOf } from './admin-access.ts';
import type { CommandIo } from './command-io.ts';
import { actOnEach, addActOptions, chosen, whyOption, type ActOptions } from './quarantine-act.ts';
import { runTask } from './task-wait.ts';

interface ReleaseOptions extends ActOptions {
  readonly why: string;
  readonly force?: true;
}

const HELP = `
A message is scanned again first: what today's rules would stop is released only with --force. With options instead of
ids, everything that is held and fits is released: --reason mmsguard:RULE --from 2026-11-24T08:00Z undoes a rule. Exits
with 1 when a message is not released, also when another person must agree first.`;

/** Adds `quarantine release`. */
export function registerQuarantineRelease(quarantine: Command, io: CommandIo): void {
  addActOptions(
    quarantine
      .command('release')
      .description('send messages on, or give them out at their next fetch')
      .addOption(whyOption())
      .option('--force', "release although today's rules would stop it again"),
  )
    .addHelpText('after', HELP)
    .action(async (ids: readonly string[], options: ReleaseOptions) => {
      await release(ids, options, io);
    });
}

async function release(ids: readonly string[], options: ReleaseOptions, io: CommandIo): Promise<void> {
  const choice = chosen(ids, options, io);
  const client = choice && (await adminClientOf(options, io));
  if (choice === undefined || client === undefined) return;
  const request = { why: options.why, force: options.force === true };
  if (choice.kind === 'filter') {
    await runTask(
      client,
      { path: '/quarantine/release', body: { ...request, filter: choice.filter } },
      options,
      io,
    );
    return;
  }
  const act = { act: 'release', body: request, done: 'released' } as const;
  await actOnEach(client, choice.ids, act, { io, json: options.json === true });
}
