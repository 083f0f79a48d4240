import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import { composeMessage, textFile, type DraftFile, type MessageDraft } from '../lab/compose-message.ts';
import { Mm1Client } from '../lab/mm1-client.ts';
import { answerLines, isGranted } from './answer-text.ts';
import { readBoundedFile } from './bounded-file.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { handsetOptions, identityHeaders, repeated, type HandsetCommandOptions } from './lab-options.ts';

/** Bytes of one file that is sent: more than any known carrier takes, so that limits can be tried. */
const FILE_BYTES_MAX = 32 * 1024 * 1024;

interface SendOptions extends HandsetCommandOptions {
  readonly to: readonly string[];
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly deliveryReport?: true;
}

const HELP = `
Media types follow from the extensions of the files. Exits with 1 when the message is refused or not answered.`;

/** Adds `lab send`. */
export function registerLabSend(lab: Command, io: CommandIo): void {
  const command = lab
    .command('send')
    .description('send a message as a handset does, and print the answer')
    .argument('[file...]', 'files of the message, in the order in which they are shown')
    .addOption(
      new Option('--to <address>', 'recipient; may be repeated').argParser(repeated).makeOptionMandatory(),
    )
    .option('--from <address>', 'address that the handset claims; none: the MMSC inserts the subscriber')
    .option('--subject <text>', 'subject')
    .option('--text <text>', 'a text part, before the files')
    .option('--delivery-report', 'ask for a delivery report');
  for (const option of handsetOptions()) command.addOption(option);
  command.addHelpText('after', HELP).action(async (files: readonly string[], options: SendOptions) => {
    await send(files, options, io);
  });
}

async function send(paths: readonly string[], options: SendOptions, io: CommandIo): Promise<void> {
  const files = await readFiles(paths, io);
  if (files === undefined) return;
  const { to, from, subject, text, mmsc, proxy } = options;
  const draft: MessageDraft = {
    transactionId: `lab-${Date.now()}`,
    to,
    from,
    subject,
    deliveryReport: options.deliveryReport === true,
    files: [...(text === undefined ? [] : [textFile(text)]), ...files],
  };
  const client = new Mm1Client({ mmscUrl: mmsc, proxy, headers: identityHeaders(options) });
  const answer = await client.post(composeMessage(draft));
  io.stdout.write(`${answerLines(answer).join('\n')}\n`);
  if (!isGranted(answer)) io.exitCode = EXIT.failure;
}

/** Every file, or undefined after each one that cannot be read was named. */
async function readFiles(paths: readonly string[], io: CommandIo): Promise<readonly DraftFile[] | undefined> {
  const files: DraftFile[] = [];
  for (const path of paths) {
    const reading = await readBoundedFile(path, FILE_BYTES_MAX);
    if (reading.ok) {
      files.push({ name: basename(path), bytes: reading.bytes });
    } else {
      io.stderr.write(`${path}: ${reading.message}\n`);
      io.exitCode = EXIT.badInput;
    }
  }
  return files.length === paths.length ? files : undefined;
}
