import type { Command } from 'commander';
import { adminClientOf } from './admin-access.ts';
import type { CommandIo } from './command-io.ts';
import { actOnEach, addActOptions, chosen, whyOption, type ActOptions } from './quarantine-act.ts';
import { runTask } from './task-wait.ts';

interface DeleteOptions extends ActOptions {
  readonly why: string;
}

const HELP = `
The content is wiped, for good; what was found, and who deleted it, stays. Exits with 1 when a message is not deleted.`;

/** Adds `quarantine delete`. */
export function registerQuarantineDelete(quarantine: Command, io: CommandIo): void {
  addActOptions(
    quarantine.command('delete').description('wipe the content of messages').addOption(whyOption()),
  )
    .addHelpText('after', HELP)
    .action(async (ids: readonly string[], options: DeleteOptions) => {
      await deleteRecords(ids, options, io);
    });
}

async function deleteRecords(ids: readonly string[], options: DeleteOptions, io: CommandIo): Promise<void> {
  const choice = chosen(ids, options, io);
  const client = choice && (await adminClientOf(options, io));
  if (choice === undefined || client === undefined) return;
  const { why } = options;
  if (choice.kind === 'filter') {
    await runTask(client, { path: '/quarantine/delete', body: { why, filter: choice.filter } }, options, io);
    return;
  }
  const act = { act: 'delete', body: { why }, done: 'done' } as const;
  await actOnEach(client, choice.ids, act, { io, json: options.json === true });
}
