import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { adminClientOf, adminOptions, tellFailure, type AdminOptions } from './admin-access.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { recordPath } from './quarantine-path.ts';
import { terminalText } from './terminal-text.ts';

interface ExportOptions extends AdminOptions {
  readonly out?: string;
}

const HELP = `
The password of the archive is "infected", so that no mail filter or virus scanner looks into it by itself. It is never
written over a file that is there.`;

/** Adds `quarantine export`. */
export function registerQuarantineExport(quarantine: Command, io: CommandIo): void {
  const command = quarantine
    .command('export')
    .description('write a message, its parts and its report into a ZIP archive')
    .argument('<id>', 'id of the message')
    .option('--out <file>', 'the archive (default: the id, with .zip)');
  for (const option of adminOptions()) command.addOption(option);
  command.addHelpText('after', HELP).action(async (id: string, options: ExportOptions) => {
    await exportRecord(id, options, io);
  });
}

async function exportRecord(id: string, options: ExportOptions, io: CommandIo): Promise<void> {
  const client = await adminClientOf(options, io);
  if (client === undefined) return;
  const answer = await client.bytes({ method: 'GET', path: recordPath(id, 'export') });
  if (!answer.ok) {
    tellFailure(answer, io);
    return;
  }
  const file = options.out ?? `${encodeURIComponent(id)}.zip`;
  try {
    await writeFile(file, answer.bytes, { flag: 'wx' });
    io.stdout.write(`${terminalText(file)}: ${answer.bytes.length} octets\n`);
  } catch (error) {
    io.stderr.write(
      `${terminalText(file)}: not written: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    io.exitCode = EXIT.failure;
  }
}
