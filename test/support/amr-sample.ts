/** AMR and AMR-WB files of frames by their types. */
import { joined, type Piece } from './sample-octets.ts';

const LENGTHS = {
  '#!AMR\n': [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1],
  '#!AMR-WB\n': [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1],
} as const;

/** A frame of good quality; for a type that is not assigned, its first octet alone. */
function frameOf(magic: keyof typeof LENGTHS, type: number): Piece {
  return joined([(type << 3) | 0x04], new Uint8Array((LENGTHS[magic][type] ?? 1) - 1));
}

/** A file of these frames. */
export function amrOf(magic: keyof typeof LENGTHS, ...types: readonly number[]): Uint8Array {
  return joined(magic, ...types.map((type) => frameOf(magic, type)));
}
