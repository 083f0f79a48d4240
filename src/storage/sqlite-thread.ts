/** The entry of the thread that owns one SQLite database: commits wait for the disk, and nobody else must. */
import { closeSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { GROUP_MAX, SqliteServer, type SqliteAnswer, type SqliteRequest } from './sqlite-server.ts';

/** What the thread is started with. */
export interface SqliteStart {
  readonly file: string;
  /** One number: 1 from before transactions become durable until they are answered, else 0. */
  readonly committing: Int32Array;
}

/** What the thread is asked for: a transaction, or to close when it has done those before. */
export type SqliteCommand = SqliteRequest | 'close';

/** What the thread says: once that it is open, or why it is not; then one answer for each transaction. */
export type SqliteReply =
  { readonly kind: 'open' } | { readonly kind: 'closed'; readonly detail: string } | SqliteAnswer;

/** Serves one port until it is told to close. */
function serve(port: NonNullable<typeof parentPort>, { file, committing }: SqliteStart): void {
  const say = (reply: SqliteReply): void => {
    port.postMessage(reply);
  };
  keepPrivate(file);
  const server = new SqliteServer(file);
  const waiting: SqliteRequest[] = [];
  const runWaiting = (): void => {
    while (waiting.length > 0) {
      const answers = server.run(waiting.splice(0, GROUP_MAX), () => {
        Atomics.store(committing, 0, 1);
      });
      for (const answer of answers) say(answer);
      Atomics.store(committing, 0, 0);
    }
  };
  port.on('message', (command: SqliteCommand) => {
    if (command === 'close') {
      runWaiting();
      server.close();
      port.close();
      return;
    }
    waiting.push(command);
    // What comes while others wait is committed with them.
    if (waiting.length === 1) setImmediate(runWaiting);
  });
  say({ kind: 'open' });
}

/** Makes a file that only its owner reads, where there is none. SQLite gives the files beside it the same rights. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

if (parentPort === null) throw new Error('this file is the entry of a thread');
const port = parentPort;
try {
  serve(port, workerData as SqliteStart);
} catch (error) {
  port.postMessage({ kind: 'closed', detail: error instanceof Error ? error.message : String(error) });
}
