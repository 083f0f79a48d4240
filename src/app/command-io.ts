import { terminalText } from './terminal-text.ts';

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** It was tried and did not work: a port in use, a dead peer, a missing certificate. */
  failure: 1,
  /** What was given is wrong: an option, a configuration, a broken PDU. */
  badInput: 2,
} as const;

/** The signals that end a command in an orderly way. */
export type StopSignal = 'SIGTERM' | 'SIGINT';

/** Where text is written to. */
export interface TextOutput {
  /** Columns of the terminal; undefined when it is none. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** The signal that loads rules again. */
export type ReloadSignal = 'SIGHUP';

/** Where signals come from; `process` is one. */
export interface SignalSource {
  on<Signal extends StopSignal | ReloadSignal>(signal: Signal, listener: (signal: Signal) => void): unknown;
  off<Signal extends StopSignal | ReloadSignal>(signal: Signal, listener: (signal: Signal) => void): unknown;
}

/** All that a command has of its process, so that tests can run one without a process. */
export interface CommandIo {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signals: SignalSource;
  /** Ends the process at once, whatever is in flight. */
  readonly exitNow: (code: number) => void;
  /** What the process will exit with; a command that fails sets it. */
  exitCode: number;
}

/** Prints what is wrong with what a command was given, a line each, and sets the exit code. */
export function refuseInput(problems: readonly string[], io: CommandIo): void {
  for (const problem of problems) io.stderr.write(`${terminalText(problem)}\n`);
  io.exitCode = EXIT.badInput;
}

/**
 * The real thing. An output whose reader has gone (`| head`) is written to no more, in silence: a proxy must not die of
 * a closed log.
 */
export function processIo(of: NodeJS.Process): CommandIo {
  for (const output of [of.stdout, of.stderr]) output.on('error', ignoreClosedReader);
  return {
    stdin: of.stdin,
    stdout: of.stdout,
    stderr: of.stderr,
    environment: of.env,
    signals: of,
    exitNow: (code) => of.exit(code),
    exitCode: EXIT.ok,
  };
}

function ignoreClosedReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
