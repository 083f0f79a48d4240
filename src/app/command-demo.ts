import type { Command } from 'commander';
import type { ExchangeRecord } from '../proxy/observer.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { ALICE, BOB, DEMO_MMSC_URL, startDemoPath, type DemoPath } from './demo-path.ts';
import { ARRIVAL_MS, DEMO_STEPS, type Check, type DemoNotes, type DemoStep } from './demo-steps.ts';
import { exchangeRow, reasonLines, tableHead } from './demo-table.ts';
import { runUntilSignal } from './lifecycle.ts';

type Print = (line: string) => void;

interface DemoOptions {
  readonly once?: true;
}

const HELP = `
MMSC, proxy and handsets run on loopback, on free ports. Exits with 1 when a step did not go as it should.`;

/** Adds `demo`. */
export function registerDemo(program: Command, io: CommandIo): void {
  program
    .command('demo')
    .description('watch messages go from a handset through the proxy to an MMSC and back')
    .option('--once', 'end after the last step, instead of staying up')
    .addHelpText('after', HELP)
    .action(async (options: DemoOptions) => {
      const print: Print = (line) => void io.stdout.write(`${line}\n`);
      io.exitCode = options.once === true ? await runOnce(print) : await runAndStay(print, io);
    });
}

async function runOnce(print: Print): Promise<number> {
  const path = await startDemoPath();
  try {
    return await runSteps(path, print);
  } finally {
    await path.close();
  }
}

async function runAndStay(print: Print, io: CommandIo): Promise<number> {
  let stepsExit: number = EXIT.ok;
  let watching = Promise.resolve();
  const closing = new AbortController();
  const exit = await runUntilSignal(
    async () => {
      const path = await startDemoPath();
      stepsExit = await runSteps(path, print);
      return { ok: true, service: path };
    },
    {
      started: (path) => {
        for (const line of invitation(path)) print(line);
        watching = watch(path, print, closing.signal);
      },
      stopping: () => {
        closing.abort();
      },
      stopped: () => undefined,
      notStarted: () => undefined,
    },
    io,
  );
  await watching;
  return exit === EXIT.ok ? stepsExit : exit;
}

async function runSteps(path: DemoPath, print: Print): Promise<number> {
  const notes: DemoNotes = { pictureUrl: '' };
  for (const line of tableHead()) print(line);
  let failed = 0;
  for (const step of DEMO_STEPS) {
    print(`\n${step.title}`);
    const checks = await runStep(step, path, { notes, print });
    for (const { claim, holds } of checks) print(`  ${holds ? 'ok    ' : 'FAILED'} ${claim}`);
    failed += checks.filter(({ holds }) => !holds).length;
  }
  print(failed === 0 ? '\nEverything went as it should.' : `\n${failed} things did not go as they should.`);
  return failed === 0 ? EXIT.ok : EXIT.failure;
}

async function runStep(
  step: DemoStep,
  path: DemoPath,
  { notes, print }: { readonly notes: DemoNotes; readonly print: Print },
): Promise<readonly Check[]> {
  const checks = await step.run(path, notes);
  for (let count = 0; count < step.exchanges; count += 1) {
    const record = await path.exchanges.next(AbortSignal.timeout(ARRIVAL_MS));
    if (record === undefined)
      return [...checks, { claim: `the proxy tells of ${step.exchanges} exchanges`, holds: false }];
    show(record, askerIn(step, record), print);
  }
  return [...checks, ...path.bugs.map((bug) => ({ claim: `no bug: ${String(bug)}`, holds: false }))];
}

function show(record: ExchangeRecord, asker: string, print: Print): void {
  print(exchangeRow(record, asker));
  for (const line of reasonLines(record)) print(line);
}

const FETCHING: ReadonlySet<string | undefined> = new Set(['m-notifyresp-ind', 'm-acknowledge-ind']);

function askerIn({ sender, fetcher }: DemoStep, { method, outbound }: ExchangeRecord): string {
  return method === 'GET' || FETCHING.has(outbound.pduType) ? fetcher : sender;
}

/** What a newcomer can try against the real ports. */
function invitation({ proxyUrl }: DemoPath): readonly string[] {
  const through = `--proxy ${proxyUrl} --mmsc ${DEMO_MMSC_URL}`;
  return [
    '',
    `All of it stays up until Ctrl-C. The proxy is ${proxyUrl}, the MMSC is called ${DEMO_MMSC_URL}. Try:`,
    `  npx mmsguard lab send ${through} --msisdn ${ALICE} --to ${BOB} --subject hello --text hi`,
    `  npx mmsguard lab fetch ${through} ${DEMO_MMSC_URL}no-such-message`,
    `  curl --proxy ${proxyUrl} --data-binary @message.mms ${DEMO_MMSC_URL}`,
    `  curl --proxy ${proxyUrl} http://another.example/     (refused: it is no open proxy)`,
    'Each exchange is a line here:',
  ];
}

/** Prints the exchanges of whoever tries. */
async function watch(path: DemoPath, print: Print, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const record = await path.exchanges.next(signal);
    if (record !== undefined) show(record, '', print);
  }
}
