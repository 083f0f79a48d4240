import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AuditEntry, AuditFilter, AuditLog } from '../storage/audit-log.ts';
import { configOption, type ConfigOptions } from './command-config.ts';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { tellStoreFailure, withStorage } from './command-storage.ts';
import { wholeNumber } from './lab-options.ts';
import { terminalJson, terminalText } from './terminal-text.ts';
import { textTable } from './text-table.ts';

/** Entries that one call prints at most; `--cursor` goes on. */
const LIMIT_MAX = 500;

const VERIFY_HELP = `
Follows the chain from its first entry. Keep what it prints somewhere else: given again by --known, it shows that the end
was not cut off, nor the whole log written anew.`;

/** Adds `audit verify` and `audit list`. */
export function registerAudit(program: Command, io: CommandIo): void {
  const audit = program.command('audit').description('check and read the log of who did what');
  audit
    .command('verify')
    .description('check that no entry of the audit log was changed, removed or added')
    .addOption(configOption())
    .addOption(new Option('--known <number:hash>', 'an entry that was there before').argParser(knownEntry))
    .addHelpText('after', VERIFY_HELP)
    .action(async (options: VerifyOptions) => {
      await withStorage(options, io, ({ audit: log }) => verify(log, options, io));
    });
  audit
    .command('list')
    .description('list entries of the audit log, the newest first')
    .addOption(configOption())
    .addOption(new Option('--from <time>', 'at this time or later, as 2026-11-24T08:00Z').argParser(timeMs))
    .addOption(new Option('--to <time>', 'before this time').argParser(timeMs))
    .option('--by <name>', 'name of the token')
    .option('--act <act>', 'what was done, as quarantine.release')
    .option('--target <id>', 'what it was done to')
    .addOption(new Option('--limit <count>', 'entries to list').argParser(wholeNumber(LIMIT_MAX)).default(50))
    .option('--cursor <cursor>', 'go on where a list has ended')
    .option('--json', 'print one JSON object an entry')
    .action(async (options: ListOptions) => {
      await withStorage(options, io, ({ audit: log }) => list(log, options, io));
    });
}

interface VerifyOptions extends ConfigOptions {
  readonly known?: KnownEntry;
}

type KnownEntry = NonNullable<Parameters<AuditLog['verify']>[0]>;

async function verify(log: AuditLog, { known }: VerifyOptions, io: CommandIo): Promise<void> {
  const verdict = await log.verify(known);
  switch (verdict.kind) {
    case 'intact':
      io.stdout.write(
        `intact: ${verdict.entries} entries, the last is ${verdict.entries}:${verdict.lastHash}\n`,
      );
      return;
    case 'broken':
      io.stdout.write(`broken at entry ${verdict.number}: ${terminalText(verdict.detail)}\n`);
      io.exitCode = EXIT.failure;
      return;
    case 'failed':
      tellStoreFailure(verdict, io);
  }
}

interface ListOptions extends ConfigOptions {
  readonly from?: number;
  readonly to?: number;
  readonly by?: string;
  readonly act?: string;
  readonly target?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

async function list(log: AuditLog, options: ListOptions, io: CommandIo): Promise<void> {
  const { limit, cursor } = options;
  const page = await log.list(filterOf(options), { limit, ...(cursor !== undefined && { cursor }) });
  if (page.kind === 'failed') tellStoreFailure(page, io);
  if (page.kind === 'unknown') refuseInput(['--cursor: is not one that this list has given'], io);
  if (page.kind !== 'found') return;
  const { items, next } = page.value;
  const lines = options.json === true ? items.map(terminalJson) : tableOf(items);
  for (const line of lines) io.stdout.write(`${line}\n`);
  if (next !== undefined) io.stderr.write(`there are more: --cursor ${next}\n`);
}

function filterOf({ from, to, by, act, target }: ListOptions): AuditFilter {
  return {
    ...(from !== undefined && { fromMs: from }),
    ...(to !== undefined && { toMs: to }),
    ...(by !== undefined && { by }),
    ...(act !== undefined && { act }),
    ...(target !== undefined && { target }),
  };
}

const TITLES = ['number', 'time', 'by', 'role', 'act', 'target', 'detail'];

function tableOf(entries: readonly AuditEntry[]): readonly string[] {
  return textTable(
    TITLES,
    entries.map(({ number, atMs, by, role, act, target, detail }) => [
      number,
      new Date(atMs).toISOString(),
      by,
      role,
      act,
      target,
      JSON.stringify(detail),
    ]),
  );
}

/** Reads what `audit verify` prints of the last entry. */
function knownEntry(value: string): KnownEntry {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new InvalidArgumentError('It is no number and hash, as `audit verify` prints them.');
  }
  return { number: Number(match[1]), hash: match[2] };
}

/** Reads a time; without a zone it is of this machine. */
function timeMs(value: string): number {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It is no time.');
  return ms;
}
