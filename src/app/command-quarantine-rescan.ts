import type { Command } from 'commander';
import { adminClientOf, tellFailure } from './admin-access.ts';
import type { AdminClient } from './admin-client.ts';
import { refuseInput, type CommandIo } from './command-io.ts';
import { addActOptions, chosen, type ActOptions } from './quarantine-act.ts';
import { RESCAN_RESULT } from './quarantine-answers.ts';
import { recordPath } from './quarantine-path.ts';
import { runTask } from './task-wait.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

interface RescanOptions extends ActOptions {
  readonly why?: string;
  readonly rules?: string;
}

const HELP = `
With ids, each message is scanned with the rules in use. With options instead of ids, everything that is held and fits
is scanned, and those of which something has changed are told. Nothing is released or deleted.`;

/** Adds `quarantine rescan`. */
export function registerQuarantineRescan(quarantine: Command, io: CommandIo): void {
  addActOptions(
    quarantine
      .command('rescan')
      .description('scan messages again, with the rules in use or others')
      .option('--why <text>', 'why, for the audit log; needed without ids')
      .option('--rules <name>', 'scan with the rules of this folder as well: it lies on the server'),
  )
    .addHelpText('after', HELP)
    .action(async (ids: readonly string[], options: RescanOptions) => {
      await rescan(ids, options, io);
    });
}

async function rescan(ids: readonly string[], options: RescanOptions, io: CommandIo): Promise<void> {
  const choice = chosen(ids, options, io);
  if (choice === undefined) return;
  const { why, rules, json } = options;
  if (choice.kind === 'ids' && rules !== undefined) {
    refuseInput(['--rules is for options that choose messages, not for ids'], io);
    return;
  }
  if (choice.kind === 'filter' && (why ?? '').trim() === '') {
    refuseInput(['--why is needed to scan many messages'], io);
    return;
  }
  const client = await adminClientOf(options, io);
  if (client === undefined) return;
  if (choice.kind === 'ids') {
    for (const id of choice.ids) await rescanOne(client, id, { io, json: json === true });
    return;
  }
  const body = { why, filter: choice.filter, ...(rules !== undefined && { rules }) };
  await runTask(client, { path: '/quarantine/hunt', body }, options, io);
}

async function rescanOne(
  client: AdminClient,
  id: string,
  { io, json }: { readonly io: CommandIo; readonly json: boolean },
): Promise<void> {
  const answer = await client.json({ method: 'POST', path: recordPath(id, 'rescan') }, RESCAN_RESULT);
  if (!answer.ok) {
    tellFailure({ ...answer, message: `${id}: ${answer.message}` }, io);
    return;
  }
  const { action, reasons } = answer.value;
  const because = reasons.length === 0 ? '' : ` because of ${reasons.join(', ')}`;
  io.stdout.write(
    json ? `${terminalJson({ id, ...answer.value })}\n` : `${terminalText(`${id}: ${action}${because}`)}\n`,
  );
}
