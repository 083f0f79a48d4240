import type { Readable } from 'node:stream';

/** What reading a body gave: all of it, or why not. */
export type BodyReading =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: 'too-large' | 'broken-off'; readonly detail: string };

/**
 * Reads a body of at most `bytesMax` bytes. Of a larger one the rest stays unread, and the stream open, so that its
 * sender can still be answered. Never rejects.
 */
export async function readBody(stream: Readable, bytesMax: number): Promise<BodyReading> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const iterator = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of iterator) {
      length += chunk.length;
      if (length > bytesMax) return { ok: false, reason: 'too-large', detail: `over ${bytesMax} bytes` };
      chunks.push(chunk);
    }
    return { ok: true, bytes: Buffer.concat(chunks, length) };
  } catch (error) {
    return {
      ok: false,
      reason: 'broken-off',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}
