/** The ways in which the lab's MMSC can be slow, dead or wrong: one row each. They can be combined. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { encodePdu } from '../codec/pdu.ts';
import { bytesReply, textReply, writeReply, type Reply } from './reply.ts';
import { tryDecode } from './try-decode.ts';

/** What a fault may lean on. */
export interface FaultContext {
  /** How long slow is. */
  readonly slowMs: number;
  /** Aborted when the MMSC closes. */
  readonly signal: AbortSignal;
}

type Write = (response: ServerResponse, reply: Reply, context: FaultContext) => Promise<void> | void;

/** One fault: what it does, and at which point. */
export interface Fault {
  readonly help: string;
  /** The port is closed. */
  readonly refuses?: true;
  /** The client waits for `100 Continue` in vain. */
  readonly withholdsContinue?: true;
  /** Answers before the body was read, and reads no more. */
  readonly answersEarly?: true;
  /** Changes the answer. */
  readonly change?: (reply: Reply) => Reply;
  /** Writes the answer, in place of `writeReply`. */
  readonly write?: Write;
}

/** Pieces that a dripping answer comes in. */
const DRIPS = 10;

/** Every fault by name. */
export const FAULTS = {
  'slow-answer': { help: 'waits before it answers', write: writeLate },
  'slow-drip': { help: `sends its answer in ${DRIPS} pieces, waiting between them`, write: writeDripping },
  'never-answer': { help: 'accepts, reads, and never answers', write: () => undefined },
  refuse: { help: 'refuses connections', refuses: true },
  reset: { help: 'reads the request and resets the connection', write: reset },
  garbage: { help: 'answers with bytes that are no PDU, labelled as one', change: () => GARBAGE },
  truncated: { help: 'announces more bytes than it sends, and closes', write: writeTruncated },
  html: { help: 'answers 200 with an HTML page', change: () => HTML },
  'status-500': { help: 'answers HTTP 500', change: () => textReply(500, 'Internal Server Error') },
  'status-204': { help: 'answers HTTP 204', change: (reply) => ({ ...reply, status: 204, body: NOTHING }) },
  empty: { help: 'answers 200 without a byte', change: (reply) => ({ ...reply, body: NOTHING }) },
  'no-length': { help: 'sends no Content-Length and closes at the end', write: writeWithoutLength },
  chunked: { help: 'sends its answer chunked', write: writeChunked },
  'wrong-transaction': { help: 'answers with another transaction id', change: changeTransaction },
  gzip: { help: 'compresses its answer', change: compress },
  'unasked-continue': { help: 'sends 100 Continue that nobody asked for', write: writeContinueFirst },
  'no-continue': { help: 'withholds 100 Continue until the body comes', withholdsContinue: true },
  'early-answer': { help: 'answers 503 before it reads the body', answersEarly: true },
} as const satisfies Record<string, Fault>;

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;

/** True for the name of a fault. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

/** Answers as the faults have it: each changes the answer, and the last one that writes, writes it. */
export async function answerWith(
  faults: readonly Fault[],
  response: ServerResponse,
  reply: Reply,
  context: FaultContext,
): Promise<void> {
  const changed = faults.reduce((current, { change }) => change?.(current) ?? current, reply);
  const write: Write = faults.findLast((fault) => fault.write !== undefined)?.write ?? writeReply;
  await write(response, changed, context);
}

const NOTHING = new Uint8Array();
const GARBAGE = bytesReply(Buffer.from('8c ff is how it would begin, but this is only text\n'));
const HTML: Reply = {
  status: 200,
  headers: { 'Content-Type': 'text/html' },
  body: Buffer.from('<html><body>Failure to query the subscriber database</body></html>\n'),
};

async function writeLate(response: ServerResponse, reply: Reply, context: FaultContext): Promise<void> {
  if (await pause(context.slowMs, context.signal)) writeReply(response, reply);
}

async function writeDripping(response: ServerResponse, reply: Reply, context: FaultContext): Promise<void> {
  const { status, headers, body } = reply;
  response.writeHead(status, { ...headers, 'Content-Length': String(body.length) });
  response.flushHeaders();
  const step = Math.max(1, Math.ceil(body.length / DRIPS));
  for (let start = 0; start < body.length; start += step) {
    if (!(await pause(context.slowMs, context.signal)) || response.destroyed) return;
    response.write(body.subarray(start, start + step));
  }
  response.end();
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function writeTruncated(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': String(body.length + 1) });
  response.write(body, () => response.socket?.end());
}

function writeWithoutLength(response: ServerResponse, { status, headers, body }: Reply): void {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(status, { ...headers, Connection: 'close' });
  // Written before the end is known: Node would count the bytes of an answer that it gets in one piece.
  response.write(body);
  response.end();
}

function writeChunked(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Transfer-Encoding': 'chunked' }).end(body);
}

function writeContinueFirst(response: ServerResponse, reply: Reply): void {
  response.writeContinue();
  writeReply(response, reply);
}

function changeTransaction(reply: Reply): Reply {
  const decoded = tryDecode(reply.body);
  if (decoded === undefined) return reply;
  const { pdu } = decoded;
  const headers = { ...pdu.headers, transactionId: `not-${pdu.headers.transactionId ?? ''}` };
  return { ...reply, body: encodePdu({ ...pdu, headers }) };
}

function compress({ status, headers, body }: Reply): Reply {
  return { status, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) };
}

/** Waits; false when the MMSC closed meanwhile. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(milliseconds, undefined, { signal }).then(
    () => true,
    () => false,
  );
}
