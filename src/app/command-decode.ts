import type { Command } from 'commander';
import { DEFAULT_DECODE_LIMITS } from '../codec/decode-limits.ts';
import { REAL_WORLD, STRICT } from '../codec/deviations.ts';
import { readBoundedInput } from './bounded-input.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { decodeReport, type DecodeReport } from './decode-report.ts';
import { decodeText } from './decode-text.ts';
import { terminalJson } from './terminal-text.ts';

/** A push is a PDU and a few octets around it; what is larger than the largest PDU is none. */
const FILE_BYTES_MAX = DEFAULT_DECODE_LIMITS.pduBytesMax;

const HELP = `
FILE is an MMS PDU or a WAP push of one; - is standard input. Offsets count octets from the start of the file.

--json prints one object a file and line:
  file, ok, octets, type, push { transactionId, contentType, pduOffset },
  headers [{ offset, end, name, value }],
  parts [{ path, offset, octets, contentType, name, contentId, contentLocation, disposition, transferEncoding,
           decodedOctets }]   ("2.1" is the first part inside the second; a body that is no multipart is "body"),
  anomalies [{ code, offset, detail, summary }]
and of a file that is broken or cannot be read, ok is false, with
  error { code, offset, detail, around { offset, hex } }.
What there is nothing to say of is absent.

Exits with 2 when any file is broken or cannot be read.`;

interface DecodeCommandOptions {
  readonly json?: true;
  readonly strict?: true;
}

/** Adds `decode`. */
export function registerDecode(program: Command, io: CommandIo): void {
  program
    .command('decode')
    .description('show what is in MMS PDUs: headers and parts with offsets, and every deviation')
    .argument('<file...>', 'files to decode; - is standard input')
    .option('--json', 'print one JSON object a file')
    .option('--strict', 'take any deviation from the specification for an error')
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], options: DecodeCommandOptions) => {
      for (const file of files) await decodeFile(file, options, io);
    });
}

async function decodeFile(file: string, options: DecodeCommandOptions, io: CommandIo): Promise<void> {
  const report = await reportOf(file, options, io);
  const text = options.json === true ? terminalJson(report) : decodeText(report).join('\n');
  io.stdout.write(`${text}\n`);
  if (!report.ok) io.exitCode = EXIT.badInput;
}

async function reportOf(file: string, options: DecodeCommandOptions, io: CommandIo): Promise<DecodeReport> {
  const reading = await readBoundedInput(file, FILE_BYTES_MAX, io);
  if (!reading.ok) return { file, ok: false, error: { code: 'file-unreadable', detail: reading.message } };
  return decodeReport(file, reading.bytes, { tolerate: options.strict === true ? STRICT : REAL_WORLD });
}
