import { open } from 'node:fs/promises';

/** What reading a file gave. */
export type FileReading =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly message: string };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'is a folder, not a file',
};

/** Reads a file of at most `bytesMax` bytes; of a larger or endless one no more is read. Never rejects. */
export async function readBoundedFile(path: string, bytesMax: number): Promise<FileReading> {
  try {
    await using file = await open(path, 'r');
    const bytes = Buffer.alloc(bytesMax + 1);
    let length = 0;
    while (length <= bytesMax) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) return { ok: true, bytes: bytes.subarray(0, length) };
      length += bytesRead;
    }
    return { ok: false, message: `is larger than ${bytesMax} bytes` };
  } catch (error) {
    return { ok: false, message: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return REASONS[code] ?? `cannot be read (${code})`;
}
