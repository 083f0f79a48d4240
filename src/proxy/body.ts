import type { IncomingMessage } from 'node:http';
import type { ByteHold } from './byte-budget.ts';
import { BodyCollector, HEAD_BYTES, type Overflow } from './body-collector.ts';

/** What bounds the reading of one request body. */
export interface BodyLimits {
  readonly bytesMax: number;
  /** From now to the last byte, in milliseconds. */
  readonly timeoutMs: number;
  readonly hold: ByteHold;
}

/**
 * A request body: whole, or given up with its first bytes (at most `HEAD_BYTES`), from which a reply can still be made.
 * `bodyBytes` counts what was received.
 */
export type RequestBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer; readonly bodyBytes: number }
  | {
      readonly kind: 'given-up';
      readonly code: Overflow | 'too-slow' | 'handset-gone';
      readonly head: Buffer;
      readonly bodyBytes: number;
    };

/**
 * Reads the body of a request within its limits. A declared length over the limit is given up as soon as the head is
 * there. Never rejects; what comes after a body that was given up is discarded.
 */
export function readBody(
  source: IncomingMessage,
  declaredBytes: number | undefined,
  limits: BodyLimits,
): Promise<RequestBody> {
  const isDeclaredTooLarge = declaredBytes !== undefined && declaredBytes > limits.bytesMax;
  const collector = new BodyCollector({ bytesMax: limits.bytesMax, hold: limits.hold, freeBytes: 0 });
  return new Promise((resolve) => {
    const settle = (body: RequestBody): void => {
      clearTimeout(deadline);
      source.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      resolve(body);
    };
    const giveUp = (code: Overflow | 'too-slow' | 'handset-gone'): void => {
      settle({ kind: 'given-up', code, head: collector.head(), bodyBytes: collector.length });
      // Without a listener the stream goes on and drops what comes; an error after this point has no reader either.
      source.on('error', () => undefined).resume();
    };
    const onData = (chunk: Buffer): void => {
      const overflow = collector.add(chunk);
      const isHeadRead = collector.length >= HEAD_BYTES;
      if (isDeclaredTooLarge && isHeadRead) giveUp('too-large');
      else if (overflow !== undefined && isHeadRead) giveUp(overflow);
    };
    const onEnd = (): void => {
      const overflow = isDeclaredTooLarge ? 'too-large' : collector.overflow;
      if (overflow !== undefined) giveUp(overflow);
      else settle({ kind: 'whole', bytes: collector.bytes(), bodyBytes: collector.length });
    };
    const onGone = (): void => {
      giveUp('handset-gone');
    };
    const deadline = setTimeout(giveUp, limits.timeoutMs, isDeclaredTooLarge ? 'too-large' : 'too-slow');
    source.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}
