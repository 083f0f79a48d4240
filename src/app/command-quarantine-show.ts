import type { Command } from 'commander';
import { adminClientOf, adminOptions, tellFailure, type AdminOptions } from './admin-access.ts';
import type { CommandIo } from './command-io.ts';
import { FULL_RECORD, type ShownFullRecord } from './quarantine-answers.ts';
import { recordPath } from './quarantine-path.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

interface ShowOptions extends AdminOptions {
  readonly json?: true;
}

/** Adds `quarantine show`. */
export function registerQuarantineShow(quarantine: Command, io: CommandIo): void {
  const command = quarantine
    .command('show')
    .description('show one message that was stopped, and why')
    .argument('<id>', 'id of the message')
    .option('--json', 'print a JSON object');
  for (const option of adminOptions()) command.addOption(option);
  command.action(async (id: string, options: ShowOptions) => {
    const client = await adminClientOf(options, io);
    if (client === undefined) return;
    const answer = await client.json({ method: 'GET', path: recordPath(id) }, FULL_RECORD);
    if (!answer.ok) tellFailure(answer, io);
    else if (options.json === true) io.stdout.write(`${terminalJson(answer.value)}\n`);
    else io.stdout.write(`${linesOf(answer.value).join('\n')}\n`);
  });
}

function linesOf(record: ShownFullRecord): readonly string[] {
  const { envelope, http, decision } = record;
  const fields: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ['id', record.id],
    ['state', record.state],
    ['stopped', timeText(record.atMs)],
    ['expires', timeText(record.expiresAtMs)],
    ['direction', record.direction],
    ['type', record.pduType],
    ['severity', record.severity],
    ['action', `${decision.action}, by profile ${decision.profile}`],
    ['told', record.told],
    ['sender', envelope?.sender ?? record.sender],
    ['from', envelope?.from],
    ['recipients', (envelope?.recipients ?? record.recipients).join(', ')],
    ['request', http && `${http.method} ${http.authority}${http.path}`],
    ['content', `${record.bodyBytes} octets, SHA-256 ${record.contentHash}`],
    ['agreed', record.approvals.join(', ')],
    ['ended', record.ended && `${timeText(record.ended.atMs)} by ${record.ended.by}: ${record.ended.why}`],
  ];
  return [
    ...fields
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => `${`${name}:`.padEnd(12)}${terminalText(String(value))}`),
    ...decision.reasons.map(({ code, entry, isShadow }) =>
      terminalText(`  because of ${code} (${entry}${isShadow ? ', shadow' : ''})`),
    ),
  ];
}

function timeText(atMs: number): string {
  return new Date(atMs).toISOString();
}
