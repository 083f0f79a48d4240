import type { IncomingMessage, ServerResponse } from 'node:http';

/** The HTTP answer to one request of a handset. */
export interface Answer {
  readonly status: number;
  /** As the MMSC gave it; undefined: the standard one. */
  readonly statusMessage: string | undefined;
  readonly headers: string[];
  readonly body: Uint8Array | undefined;
  /** True for an answer that the proxy made: it gets a Date of ours, where the MMSC's has the MMSC's or none. */
  readonly isOwn: boolean;
  /** True when nobody can say where the request ends: the connection ends with the answer. */
  readonly endsConnection: boolean;
}

/** How an answer is sent. */
export interface AnswerOptions {
  /** In milliseconds: for the handset to take the answer, and to finish a request body that nobody wants. */
  readonly timeoutMs: number;
  readonly mayKeepAlive: boolean;
}

/**
 * Sends an answer. True when the handset's side has taken all of it; false when the connection ended or the time ran out
 * before. Never rejects.
 *
 * When the request body was not read to its end, the answer goes out at once and complete, but the connection is closed
 * only when the rest of the body has come and been dropped, or the time is over: closing with unread octets makes the
 * kernel send a reset, which can overtake the answer, and a reset makes handsets send again.
 */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  options: AnswerOptions,
): Promise<boolean> {
  if (!request.socket.writable) return Promise.resolve(false);
  if (!options.mayKeepAlive || !request.complete || answer.endsConnection) response.shouldKeepAlive = false;
  response.sendDate = answer.isOwn;
  response.writeHead(answer.status, answer.statusMessage, answer.headers);
  return new Promise((resolve) => {
    let isTaken = false;
    const deadline = setTimeout(() => {
      request.socket.destroy();
    }, options.timeoutMs);
    const onTaken = (error?: Error | null): void => {
      isTaken = error === undefined || error === null;
    };
    response.once('close', () => {
      clearTimeout(deadline);
      resolve(isTaken);
    });
    if (request.complete || answer.endsConnection) response.end(answer.body, onTaken);
    else endWhenRead(request, response, answer.body ?? new Uint8Array(), onTaken);
  });
}

function endWhenRead(
  request: IncomingMessage,
  response: ServerResponse,
  body: Uint8Array,
  onTaken: (error?: Error | null) => void,
): void {
  if (body.length > 0) response.write(body, onTaken);
  else response.flushHeaders();
  const end = (): void => {
    response.end();
  };
  request.once('end', end).once('close', end).once('error', end).resume();
}
