import type { FileReading } from './bounded-file.ts';

/** Reads at most `bytesMax` bytes of a stream; of a longer or endless one no more is read. Never rejects. */
export async function readBoundedStream(
  stream: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<FileReading> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > bytesMax) return { ok: false, message: `is larger than ${bytesMax} bytes` };
      chunks.push(chunk);
    }
    return { ok: true, bytes: Buffer.concat(chunks, length) };
  } catch (error) {
    return {
      ok: false,
      message: `cannot be read (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}
