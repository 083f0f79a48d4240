import type { Command } from 'commander';
import { isMessage, Mm1Client } from '../lab/mm1-client.ts';
import { partFiles, writePartFiles, type PartFile } from '../lab/part-files.ts';
import { answerLines } from './answer-text.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { headerText } from './header-text.ts';
import { handsetOptions, httpUrl, identityHeaders, type HandsetCommandOptions } from './lab-options.ts';
import { terminalText } from './terminal-text.ts';

interface FetchOptions extends HandsetCommandOptions {
  readonly out?: string;
}

const HELP = `
The message is acknowledged with m-acknowledge-ind. File names come from the message and are made safe; nothing that
exists is written over. Exits with 1 when there is no message, or a file cannot be written.`;

/** Adds `lab fetch`. */
export function registerLabFetch(lab: Command, io: CommandIo): void {
  const command = lab
    .command('fetch')
    .description('fetch a message as a handset does, and acknowledge it')
    .argument('<url>', 'Content-Location of the message', httpUrl)
    .option('--out <folder>', 'write each part as a file into this folder');
  for (const option of handsetOptions()) command.addOption(option);
  command.addHelpText('after', HELP).action(async (url: string, options: FetchOptions) => {
    await fetchMessage(url, options, io);
  });
}

async function fetchMessage(url: string, options: FetchOptions, io: CommandIo): Promise<void> {
  const { mmsc, proxy, out } = options;
  const client = new Mm1Client({ mmscUrl: mmsc, proxy, headers: identityHeaders(options) });
  const { answer, acknowledged } = await client.retrieve(url, 'm-acknowledge-ind');
  const lines = [...answerLines(answer)];
  if (isMessage(answer)) {
    const { body, headers } = answer.pdu;
    const { from, subject } = headers;
    if (from !== undefined) lines.push(`from: ${terminalText(headerText(from))}`);
    if (subject !== undefined) lines.push(`subject: ${terminalText(headerText(subject))}`);
    const files = partFiles(body, headers.contentType);
    lines.push(...(out === undefined ? files.map(partLine) : await written(out, files, io)));
  } else {
    io.exitCode = EXIT.failure;
  }
  if (acknowledged !== undefined) lines.push(`acknowledged: ${answerLines(acknowledged).join(' ')}`);
  io.stdout.write(`${lines.join('\n')}\n`);
}

function partLine({ name, mediaType, bytes }: PartFile): string {
  return `${name}: ${terminalText(mediaType)}, ${bytes.length} octets`;
}

async function written(
  folder: string,
  files: readonly PartFile[],
  io: CommandIo,
): Promise<readonly string[]> {
  const results = await writePartFiles(folder, files);
  if (results.some(({ ok }) => !ok)) io.exitCode = EXIT.failure;
  return results.map((file) =>
    file.ok
      ? `${file.path}: ${terminalText(file.mediaType)}, ${file.bytes} octets`
      : `${file.path}: not written: ${file.reason}`,
  );
}
