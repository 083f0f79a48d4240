import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { scanFileOptions, scanFiles, type ScanFileOptions } from './scan-files.ts';
import { scanJson, scanText, verdictOf, type Verdict } from './scan-report-text.ts';
import { terminalJson } from './terminal-text.ts';

const HELP = `
FILE is an MMS PDU, or a bare attachment, which is scanned as the only part of a message; - is standard input.
Rules, limits, lists and policy are those of the configuration. The verdict is what the running proxy would do, in
monitor mode what it would do without it: refused for whatever does not pass as it is, stripped, throttled and
quarantined, too.

--json prints one object a file and line: file, kind, verdict, action, reasons, type, parts, ruleSet, findings,
matches, notInspected.

Exits with 0 when every file is clean, 1 when one is refused, 2 when one could not be inspected or read.`;

/** What `scan` exits with for each verdict; of several files the highest counts. */
export const SCAN_EXIT: Readonly<Record<Verdict, number>> = { clean: 0, refused: 1, 'not-inspected': 2 };

interface ScanOptions extends ScanFileOptions {
  readonly json?: true;
}

/** Adds `scan`. */
export function registerScan(program: Command, io: CommandIo): void {
  const command = program
    .command('scan')
    .description('inspect PDUs or attachments as the proxy would: findings, rule matches, verdict')
    .argument('<file...>', 'files to scan; - is standard input')
    .option('--json', 'print one JSON object a file')
    .addHelpText('after', HELP);
  for (const option of scanFileOptions()) command.addOption(option);
  command.action(async (files: readonly string[], options: ScanOptions) => {
    await scanFiles(files, options, {
      io,
      onScan: (scan) => {
        const text = options.json === true ? terminalJson(scanJson(scan)) : scanText(scan).join('\n');
        io.stdout.write(`${text}\n`);
        io.exitCode = Math.max(io.exitCode, SCAN_EXIT[verdictOf(scan)]);
      },
    });
  });
}
