/** Scans files as the running proxy would scan messages: what the commands that take files share. */
import { Option } from 'commander';
import { decide } from '../policy/decide.ts';
import type { PolicySettings } from '../policy/policy-settings.ts';
import type { ScanPool } from '../scanning/scan-pool.ts';
import { readBoundedInput, STANDARD_INPUT } from './bounded-input.ts';
import { configOf, configOption, type ConfigOptions } from './command-config.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import type { Config } from './config-schema.ts';
import { startInspection } from './inspection.ts';
import { createLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { policySettings } from './policy-settings.ts';
import type { FileScan } from './scan-report-text.ts';
import { scanBody } from './scan-subject.ts';
import { formatStartError } from './start-error.ts';
import { terminalText } from './terminal-text.ts';

/** What files are scanned as. */
export interface ScanFileOptions extends ConfigOptions {
  readonly type?: string;
  readonly inbound?: true;
  readonly sender?: string;
  readonly listener?: string;
}

/** The options of a command that scans files. */
export function scanFileOptions(): readonly Option[] {
  return [
    configOption(),
    new Option('--type <media-type>', 'media type that an attachment is labelled with (default: none)'),
    new Option('--inbound', 'scan as what the MMSC delivers, not as what a handset sends'),
    new Option('--sender <number>', 'scan as from a sender that a trusted gateway vouches for'),
    new Option('--listener <name>', 'scan as what came in by this listener (default: listen.name)'),
  ];
}

/** What is done with each scan, and where a command speaks. */
export interface ScanFileSink {
  readonly onScan: (scan: FileScan) => void;
  readonly io: CommandIo;
}

/**
 * Scans files one after the other with the rules, limits and policy of the configuration. What keeps a file, or all of
 * them, from being scanned is told on stderr and makes the exit code that of bad input.
 */
export async function scanFiles(
  files: readonly string[],
  options: ScanFileOptions,
  { onScan, io }: ScanFileSink,
): Promise<void> {
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
    io.exitCode = EXIT.badInput;
    return;
  }
  const inspection = started.service;
  const scanning = { pool: inspection.pool, config, policy: policySettings(config.policy), options, io };
  try {
    for (const file of files) {
      const scan = await scanFile(file, scanning);
      if (scan !== undefined) onScan(scan);
    }
  } finally {
    await inspection.close();
  }
}

interface Scanning {
  readonly pool: ScanPool;
  readonly config: Config;
  readonly policy: PolicySettings;
  readonly options: ScanFileOptions;
  readonly io: CommandIo;
}

async function scanFile(file: string, scanning: Scanning): Promise<FileScan | undefined> {
  const { pool, config, policy, options, io } = scanning;
  const reading = await readBoundedInput(file, config.limits.bodyBytesMax, io);
  if (!reading.ok) {
    io.stderr.write(`${terminalText(file)}: ${reading.message}\n`);
    io.exitCode = EXIT.badInput;
    return undefined;
  }
  const { kind, bytes } = scanBody(reading.bytes, { name: nameOf(file), mediaType: options.type });
  const direction = options.inbound === true ? 'inbound' : 'outbound';
  const authenticatedSender = direction === 'outbound' ? options.sender : undefined;
  const outcome = await pool.scan(bytes, {
    direction,
    contentType: 'application/vnd.wap.mms-message',
    contentEncodings: [],
    authenticatedSender,
    senderClass: authenticatedSender === undefined ? 'unknown' : 'authenticated',
  });
  const { listener = config.listen.name } = options;
  const decision = decide({ outcome, direction, listener, authenticatedSender }, policy);
  return { file, kind, outcome, decision };
}

/** The file's own name, in letters that a part's header can hold. */
function nameOf(file: string): string {
  if (file === STANDARD_INPUT) return '';
  const [name = ''] = file.split('/').slice(-1);
  return name.replaceAll(/[^\x20-\x7e]/g, '_');
}
