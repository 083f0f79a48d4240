import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseHttpUrl } from '../lab/http-client.ts';
import { FAULTS, isFaultName, type FaultName } from '../lab/mmsc-faults.ts';
import { DEFAULT_SLOW_MS, Mmsc, type MmscExchange } from '../lab/mmsc.ts';
import type { PushResult } from '../lab/push-bearer.ts';
import { tryDecode } from '../lab/try-decode.ts';
import type { CommandIo } from './command-io.ts';
import { statusOf } from './answer-text.ts';
import { DEFAULT_LAB_MMSC, httpUrl, wholeNumber } from './lab-options.ts';
import { runUntilSignal, type StartResult } from './lifecycle.ts';
import { formatStartError, listenError } from './start-error.ts';
import { terminalText } from './terminal-text.ts';

const PORT_MAX = 65_535;
const SLOW_MS_MAX = 3_600_000;

interface MmscCommandOptions {
  readonly host: string;
  readonly port: number;
  readonly base?: string;
  readonly pushDir?: string;
  readonly subscriber: readonly Subscriber[];
  readonly fault: readonly FaultName[];
  readonly slowMs: number;
}

interface Subscriber {
  readonly number: string;
  readonly url: string;
}

const FAULTS_HELP = Object.entries(FAULTS).map(([name, { help }]) => `  ${name.padEnd(18)} ${help}`);

const HELP = `
Faults, which can be combined:
${FAULTS_HELP.join('\n')}

It keeps messages in memory only, and prints a line for each request and each push.`;

/** Adds `lab mmsc`. */
export function registerLabMmsc(lab: Command, io: CommandIo): void {
  lab
    .command('mmsc')
    .description('run a small MMSC, which can be slow, dead or wrong on demand')
    .option('--host <address>', 'address to listen on', DEFAULT_LAB_MMSC.host)
    .option(
      '--port <port>',
      'TCP port to listen on; 0 takes any free one',
      wholeNumber(PORT_MAX),
      DEFAULT_LAB_MMSC.port,
    )
    .option('--base <url>', 'what Content-Locations begin with (default: where it listens)', httpUrl)
    .option('--push-dir <folder>', 'write each WAP push into this folder')
    .addOption(
      new Option('--subscriber <number=url>', 'POST the pushes for a number to a URL; may be repeated')
        .argParser(subscriber)
        .default([], 'none'),
    )
    .addOption(
      new Option('--fault <name>', 'misbehave in this way; may be repeated')
        .argParser(fault)
        .default([], 'none'),
    )
    .option('--slow-ms <milliseconds>', 'how long slow is', wholeNumber(SLOW_MS_MAX), DEFAULT_SLOW_MS)
    .addHelpText('after', HELP)
    .action(async (options: MmscCommandOptions) => {
      await runMmsc(options, io);
    });
}

async function runMmsc(options: MmscCommandOptions, io: CommandIo): Promise<void> {
  const print = (line: string): void => void io.stdout.write(`${line}\n`);
  io.exitCode = await runUntilSignal(
    () => startMmsc(options, print),
    {
      started: ({ port }) => {
        print(`MMSC listening on http://${options.host}:${port}/`);
      },
      stopping: () => undefined,
      stopped: () => undefined,
      notStarted: (errors) => {
        for (const error of errors) io.stderr.write(`mmsguard: ${formatStartError(error)}\n`);
      },
    },
    io,
  );
}

async function startMmsc(
  options: MmscCommandOptions,
  print: (line: string) => void,
): Promise<StartResult<Mmsc>> {
  const { host, port, base, pushDir, slowMs } = options;
  try {
    const mmsc = await Mmsc.start({
      host,
      port,
      publicBase: base ?? ((ownPort) => `http://${host}:${ownPort}/`),
      directory: pushDir,
      faults: options.fault,
      slowMs,
      onExchange: (exchange) => {
        print(exchangeLine(exchange));
      },
      onPush: (result) => {
        print(pushLine(result));
      },
    });
    for (const { number, url } of options.subscriber) mmsc.subscribe(number, url);
    return { ok: true, service: mmsc };
  } catch (error) {
    const expected = listenError(error, { host, port });
    if (expected === undefined) throw error;
    return { ok: false, errors: [expected] };
  }
}

/** No numbers and no texts: whoever tries things out often does so with real ones. */
function exchangeLine({ request, pdu, reply }: MmscExchange): string {
  const { method, target, body } = request;
  const asked = [method, terminalText(target), pdu?.type ?? 'no PDU', `${body.length} octets`];
  const answer = tryDecode(reply.body)?.pdu;
  const answered =
    answer === undefined
      ? (reply.headers['Content-Type'] ?? 'empty')
      : `${answer.type} ${statusOf(answer) ?? ''}`;
  return `${asked.join(' ')} -> ${reply.status} ${answered.trim()}`;
}

function pushLine(result: PushResult): string {
  const { type, headers } = result.push.pdu;
  const { contentLocation } = headers;
  const what = contentLocation === undefined ? type : `${type} ${terminalText(contentLocation)}`;
  if (!result.ok) return `push ${what} -> lost: ${terminalText(result.reason)}`;
  return `push ${what} -> ${result.file ?? 'handset'}`;
}

function subscriber(value: string, earlier: readonly Subscriber[]): readonly Subscriber[] {
  const [, number = '', url = ''] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (parseHttpUrl(url) === undefined) throw new InvalidArgumentError('It is not NUMBER=http://….');
  return [...earlier, { number, url }];
}

function fault(value: string, earlier: readonly FaultName[]): readonly FaultName[] {
  if (!isFaultName(value)) throw new InvalidArgumentError(`It is none of ${Object.keys(FAULTS).join(', ')}.`);
  return [...earlier, value];
}
