import type { Octets } from './octets.ts';
import { u32be } from './sniff-format.ts';

/** The eight octets before the first chunk. */
export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

/** The longest chunk (PNG specification 5.3). */
export const PNG_CHUNK_LENGTH_MAX = 2 ** 31 - 1;

/** One chunk as its head describes it: its data may be cut off. */
export interface PngChunk {
  readonly offset: number;
  /** As it stands there: four octets as Latin-1, which a damaged file may have any of. */
  readonly type: string;
  readonly length: number;
  readonly dataOffset: number;
  /** Where the next chunk starts. It may lie outside the file. */
  readonly end: number;
}

/** Reads the head of the chunk at `offset`; undefined when not all of its eight octets are there. */
export function readPngChunk(octets: Octets, offset: number): PngChunk | undefined {
  const type = octets.latin1(offset + 4, 4);
  if (type === undefined) return undefined;
  const length = u32be(octets, offset);
  return { offset, type, length, dataOffset: offset + 8, end: offset + 12 + length };
}

/** True for a chunk that a picture cannot be decoded without (section 5.4). */
export function isCritical({ type }: PngChunk): boolean {
  return /^[A-Z]/.test(type);
}
