import type { Command } from 'commander';
import { decide } from '../policy/decide.ts';
import type { ScanPool } from '../scanning/scan-pool.ts';
import { readBoundedInput, STANDARD_INPUT } from './bounded-input.ts';
import { configOf, configOption, type ConfigOptions } from './command-config.ts';
import type { CommandIo } from './command-io.ts';
import type { Config } from './config-schema.ts';
import { startInspection } from './inspection.ts';
import { createLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { scanJson, scanText, verdictOf, type FileScan, type Verdict } from './scan-report-text.ts';
import { scanBody } from './scan-subject.ts';
import { formatStartError } from './start-error.ts';
import { terminalJson, terminalText } from './terminal-text.ts';

const HELP = `
FILE is an MMS PDU, or a bare attachment, which is scanned as the only part of a message; - is standard input.
Rules, limits and lists are those of the configuration, and the verdict is what the running proxy would give.

--json prints one object a file and line: file, kind, verdict, reasons, type, parts, ruleSet, findings, matches,
notInspected.

Exits with 0 when every file is clean, 1 when one is refused, 2 when one could not be inspected or read.`;

/** What `scan` exits with for each verdict; of several files the highest counts. */
export const SCAN_EXIT: Readonly<Record<Verdict, number>> = { clean: 0, refused: 1, 'not-inspected': 2 };

interface ScanOptions extends ConfigOptions {
  readonly json?: true;
  readonly type?: string;
  readonly inbound?: true;
}

/** Adds `scan`. */
export function registerScan(program: Command, io: CommandIo): void {
  program
    .command('scan')
    .description('inspect PDUs or attachments as the proxy would: findings, rule matches, verdict')
    .argument('<file...>', 'files to scan; - is standard input')
    .addOption(configOption())
    .option('--json', 'print one JSON object a file')
    .option('--type <media-type>', 'media type that an attachment is labelled with (default: none)')
    .option('--inbound', 'scan as what the MMSC delivers, not as what a handset sends')
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], options: ScanOptions) => {
      await scan(files, options, io);
    });
}

async function scan(files: readonly string[], options: ScanOptions, io: CommandIo): Promise<void> {
  const config = await configOf(options, io);
  if (config === undefined) return;
  const alone: Config = {
    ...config,
    scanning: { ...config.scanning, threads: 1 },
    rules: { ...config.rules, watch: false },
  };
  const log = createLog({ level: 'warn', destination: 'stderr' }, io);
  const started = await startInspection(alone, { log, metrics: new Metrics() });
  if (!started.ok) {
    for (const error of started.errors) io.stderr.write(`mmsguard: ${formatStartError(error)}\n`);
    io.exitCode = SCAN_EXIT['not-inspected'];
    return;
  }
  const inspection = started.service;
  try {
    for (const file of files) await scanFile(file, { pool: inspection.pool, config, options, io });
  } finally {
    await inspection.close();
  }
}

interface Scanning {
  readonly pool: ScanPool;
  readonly config: Config;
  readonly options: ScanOptions;
  readonly io: CommandIo;
}

async function scanFile(file: string, { pool, config, options, io }: Scanning): Promise<void> {
  const reading = await readBoundedInput(file, config.limits.bodyBytesMax, io);
  if (!reading.ok) {
    io.stderr.write(`${terminalText(file)}: ${reading.message}\n`);
    io.exitCode = SCAN_EXIT['not-inspected'];
    return;
  }
  const name = file === STANDARD_INPUT ? '' : nameOf(file);
  const { kind, bytes } = scanBody(reading.bytes, { name, mediaType: options.type });
  const direction = options.inbound === true ? 'inbound' : 'outbound';
  const outcome = await pool.scan(bytes, {
    direction,
    contentType: 'application/vnd.wap.mms-message',
    contentEncodings: [],
    authenticatedSender: undefined,
    senderClass: 'unknown',
  });
  const result: FileScan = { file, kind, outcome, decision: decide(outcome, config.notInspected[direction]) };
  const text = options.json === true ? terminalJson(scanJson(result)) : scanText(result).join('\n');
  io.stdout.write(`${text}\n`);
  io.exitCode = Math.max(io.exitCode, SCAN_EXIT[verdictOf(result)]);
}

/** The file's own name, in letters that a part's header can hold. */
function nameOf(file: string): string {
  const [name = ''] = file.split('/').slice(-1);
  return name.replaceAll(/[^\x20-\x7e]/g, '_');
}
