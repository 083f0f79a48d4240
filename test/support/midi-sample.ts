/** MIDI files, built field by field so that a test can set each field wrongly. */
import { be16, be32, joined, type Piece } from './sample-octets.ts';

/** A chunk. */
export function chunkOf(type: string, content: Piece): Uint8Array {
  const body = joined(content);
  return joined(type, be32(body.length), body);
}

/** A track that ends at once. */
export const TRACK = chunkOf('MTrk', [0x00, 0xff, 0x2f, 0x00]);

/** What a test changes of a file. */
export interface SampleSong {
  readonly format?: number;
  /** Tracks that are declared, in place of those that there are. */
  readonly declared?: number;
  readonly division?: number;
  readonly chunks?: readonly Uint8Array[];
}

/** A file of two tracks, or of these chunks. */
export function midiOf({
  format = 1,
  declared,
  division = 96,
  chunks = [TRACK, TRACK],
}: SampleSong = {}): Uint8Array {
  const header = joined(be16(format), be16(declared ?? chunks.length), be16(division));
  return joined(chunkOf('MThd', header), ...chunks);
}
