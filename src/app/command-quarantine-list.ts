import { Option, type Command } from 'commander';
import { adminClientOf, adminOptions, tellFailure, type AdminOptions } from './admin-access.ts';
import type { CommandIo } from './command-io.ts';
import { wholeNumber } from './lab-options.ts';
import { RECORD_PAGE, type ShownRecord } from './quarantine-answers.ts';
import { filterOf, filterOptions, type FilterOptions } from './quarantine-filter.ts';
import { terminalJson } from './terminal-text.ts';
import { textTable } from './text-table.ts';

/** Records that one call prints at most; `--cursor` goes on. */
const LIMIT_MAX = 500;

interface ListOptions extends AdminOptions, FilterOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

/** Adds `quarantine list`. */
export function registerQuarantineList(quarantine: Command, io: CommandIo): void {
  const command = quarantine
    .command('list')
    .description('list messages that were stopped, the newest first')
    .addOption(
      new Option('--limit <count>', 'messages to list').argParser(wholeNumber(LIMIT_MAX)).default(50),
    )
    .option('--cursor <cursor>', 'go on where a list has ended')
    .option('--json', 'print one JSON object a message');
  for (const option of [...filterOptions('all'), ...adminOptions()]) command.addOption(option);
  command.action(async (options: ListOptions) => {
    await list(options, io);
  });
}

async function list(options: ListOptions, io: CommandIo): Promise<void> {
  const client = await adminClientOf(options, io);
  if (client === undefined) return;
  const { limit, cursor } = options;
  const query = { ...filterOf(options), limit, cursor };
  const answer = await client.json({ method: 'GET', path: '/quarantine', query }, RECORD_PAGE);
  if (!answer.ok) {
    tellFailure(answer, io);
    return;
  }
  const { items, next } = answer.value;
  const lines = options.json === true ? items.map(terminalJson) : tableOf(items);
  for (const line of lines) io.stdout.write(`${line}\n`);
  if (next !== undefined) io.stderr.write(`there are more: --cursor ${terminalJson(next)}\n`);
}

const TITLES = ['time', 'id', 'state', 'direction', 'severity', 'action', 'sender', 'octets', 'because of'];

function tableOf(records: readonly ShownRecord[]): readonly string[] {
  return textTable(
    TITLES,
    records.map(({ atMs, id, state, direction, severity, decision, sender, bodyBytes }) => [
      new Date(atMs).toISOString(),
      id,
      state,
      direction,
      severity,
      decision.action,
      sender,
      bodyBytes,
      decision.reasons.find(({ isShadow }) => !isShadow)?.code,
    ]),
  );
}
