/** Runs a command line inside the test: no process, every output kept. */
import { EventEmitter } from 'node:events';
import { runCli } from '../../src/app/cli.ts';
import type { CommandIo, StopSignal } from '../../src/app/command-io.ts';

/** What a command wrote and gave. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The process of a command, as a test sees it. */
export class TestIo implements CommandIo {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly environment: Readonly<Record<string, string>>;
  readonly signals = new EventEmitter();
  /** The codes that the command ended the process with at once. */
  readonly exits: number[] = [];
  exitCode = 0;
  #out = '';
  #err = '';
  #wake: () => void = () => undefined;

  constructor(environment: Readonly<Record<string, string>> = {}, stdin: readonly Uint8Array[] = []) {
    this.environment = environment;
    this.stdin = (async function* () {
      yield* stdin;
      await Promise.resolve();
    })();
  }

  readonly stdout = {
    write: (text: string): void => {
      this.#out += text;
      this.#wake();
    },
  };

  readonly stderr = {
    write: (text: string): void => {
      this.#err += text;
      this.#wake();
    },
  };

  readonly exitNow = (code: number): void => {
    this.exits.push(code);
    this.#wake();
  };

  get outText(): string {
    return this.#out;
  }

  get errText(): string {
    return this.#err;
  }

  /** The process gets a signal. */
  kill(signal: StopSignal): void {
    this.signals.emit(signal, signal);
  }

  /** Resolves with the first line of standard output that the pattern matches. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.#out.split('\n').find((line) => pattern.test(line));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  stdin: readonly Uint8Array[] = [],
): Promise<CommandRun> {
  const io = new TestIo(environment, stdin);
  const exitCode = await runCli(args, io);
  return { exitCode, stdout: io.outText, stderr: io.errText };
}
