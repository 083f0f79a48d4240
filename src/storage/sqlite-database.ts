/** SQLite, for one proxy alone. */
import { Worker } from 'node:worker_threads';
import { RunningTransactions } from './running-transactions.ts';
import type { SqlDatabase, SqlFailureCode, SqlResult, SqlStatement } from './sql-database.ts';
import type { SqliteAnswer } from './sqlite-server.ts';
import type { SqliteCommand, SqliteReply, SqliteStart } from './sqlite-thread.ts';

/** How a database is used. */
export interface SqliteOptions {
  readonly file: string;
  /** Milliseconds that one transaction may take, waiting included; opening may take as long. */
  readonly timeoutMs: number;
  /** The file that the thread runs; absent: this project's. */
  readonly thread?: URL;
}

/** An open database, or why it cannot be opened. */
export type SqliteOpening =
  { readonly ok: true; readonly database: SqliteDatabase } | { readonly ok: false; readonly detail: string };

/** Transactions that wait or run; one more is `unavailable`. */
export const SQLITE_WAITING_MAX = 10_000;

const THREAD = new URL('./sqlite-thread.ts', import.meta.url);

/** Opens a database file, which is made where there is none. Never rejects. */
export async function openSqlite(options: SqliteOptions): Promise<SqliteOpening> {
  const database = new SqliteDatabase(options);
  const failure = await database.opened();
  if (failure === undefined) return { ok: true, database };
  await database.close();
  return { ok: false, detail: failure };
}

/** A transaction that the thread has. */
interface Asked {
  readonly settle: (answer: SqliteAnswer) => void;
  readonly fail: (code: SqlFailureCode, detail: string) => void;
}

/** A database whose statements run in a thread of its own. A thread that dies is replaced at the next transaction. */
export class SqliteDatabase implements SqlDatabase {
  readonly dialect = 'sqlite';
  readonly #options: SqliteOptions;
  readonly #running = new RunningTransactions();
  readonly #asked = new Map<number, Asked>();
  readonly #committing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #thread: { readonly worker: Worker; readonly exited: Promise<undefined> } | undefined;
  #opening: Promise<string | undefined> | undefined;
  #closing: Promise<void> | undefined;
  #nextId = 1;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  /** Resolves to undefined when the database is open, or to why it is not. */
  opened(): Promise<string | undefined> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  transaction(statements: readonly SqlStatement[]): Promise<SqlResult> {
    if (this.#closing !== undefined) return Promise.resolve(failed('closed', 'the database was closed'));
    if (this.#running.size >= SQLITE_WAITING_MAX)
      return Promise.resolve(failed('unavailable', `${SQLITE_WAITING_MAX} transactions wait`));
    return this.#running.add(this.#run(statements));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #run(statements: readonly SqlStatement[]): Promise<SqlResult> {
    const failure = await this.opened();
    if (failure !== undefined) return failed('unavailable', failure);
    return this.#ask(statements);
  }

  #ask(statements: readonly SqlStatement[]): Promise<SqlResult> {
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<SqlResult>();
    const deadline = setTimeout(() => {
      fail('timeout', `no answer in ${this.#options.timeoutMs} ms`);
    }, this.#options.timeoutMs);
    const finish = (): void => {
      clearTimeout(deadline);
      this.#asked.delete(id);
    };
    const fail = (code: SqlFailureCode, detail: string): void => {
      finish();
      resolve(failed(code, detail));
    };
    const settle = (answer: SqliteAnswer): void => {
      finish();
      if (answer.kind === 'bug') reject(new Error(`SQLite: ${answer.detail}`));
      else resolve(answer.result);
    };
    this.#asked.set(id, { settle, fail });
    this.#thread?.worker.postMessage({ id, statements } satisfies SqliteCommand);
    return promise;
  }

  async #open(): Promise<string | undefined> {
    Atomics.store(this.#committing, 0, 0);
    const { file, timeoutMs, thread = THREAD } = this.#options;
    const workerData: SqliteStart = { file, committing: this.#committing };
    const worker = new Worker(thread, { workerData, name: 'sqlite' });
    const opening = Promise.withResolvers<string | undefined>();
    const deadline = setTimeout(() => {
      opening.resolve(`it did not open in ${timeoutMs} ms`);
    }, timeoutMs);
    worker.on('message', (reply: SqliteReply) => {
      if (reply.kind === 'open') opening.resolve(undefined);
      else if (reply.kind === 'closed') opening.resolve(reply.detail);
      else this.#asked.get(reply.id)?.settle(reply);
    });
    const { promise: exited, resolve: exit } = Promise.withResolvers<undefined>();
    this.#thread = { worker, exited };
    let detail = 'the thread of the database has ended';
    worker.on('error', (error) => {
      detail = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      opening.resolve(detail);
      this.#lose(detail);
      exit(undefined);
    });
    const failure = await opening.promise;
    clearTimeout(deadline);
    // So that the next transaction tries again: a disk may be there by then.
    if (failure !== undefined) await worker.terminate();
    return failure;
  }

  /** What the thread had is answered: it is not known only of what was becoming durable. */
  #lose(detail: string): void {
    this.#thread = undefined;
    this.#opening = undefined;
    const code = Atomics.load(this.#committing, 0) === 1 ? 'timeout' : 'unavailable';
    for (const { fail } of [...this.#asked.values()]) fail(code, detail);
  }

  async #close(): Promise<void> {
    await this.#running.settled();
    if (this.#thread === undefined) return;
    const { worker, exited } = this.#thread;
    worker.postMessage('close' satisfies SqliteCommand);
    // A disk that does not answer must not keep the process.
    const deadline = setTimeout(() => void worker.terminate(), this.#options.timeoutMs);
    await exited;
    clearTimeout(deadline);
  }
}

function failed(code: SqlFailureCode, detail: string): SqlResult {
  return { ok: false, code, detail };
}
