import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { decisionJson, decisionText } from './decision-text.ts';
import { scanFileOptions, scanFiles, type ScanFileOptions } from './scan-files.ts';
import { terminalJson } from './terminal-text.ts';

const HELP = `
FILE is an MMS PDU, or a bare attachment, which becomes the only part of a message; - is standard input.
For each file: what becomes of it, and every reason with the entry that gave it. Entries in shadow are told of, and
what would become of the message if they were enforced.

--json prints one object a file and line: file, kind, outcome, type, profile, action, isEnforced, shadowAction,
stripParts, cause, reasons.

Exits with 0 whatever is decided, and with 2 when a file, the configuration or a rule cannot be read.`;

interface TestOptions extends ScanFileOptions {
  readonly json?: true;
}

/** Adds `policy test`. */
export function registerPolicyTest(policy: Command, io: CommandIo): void {
  const command = policy
    .command('test')
    .description('say what the policy makes of PDUs or attachments, and which entry decides')
    .argument('<file...>', 'files to judge; - is standard input')
    .option('--json', 'print one JSON object a file')
    .addHelpText('after', HELP);
  for (const option of scanFileOptions()) command.addOption(option);
  command.action(async (files: readonly string[], options: TestOptions) => {
    await scanFiles(files, options, {
      io,
      onScan: (scan) => {
        const text = options.json === true ? terminalJson(decisionJson(scan)) : decisionText(scan).join('\n');
        io.stdout.write(`${text}\n`);
      },
    });
  });
}
