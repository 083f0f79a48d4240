/** What stands behind the end of a JPEG picture. Phones put films, depth maps and their own records there. */
import { JPEG_MAGIC } from './jpeg-markers.ts';
import type { Octets } from './octets.ts';

/** What a tail is, by its first or last octets. */
export type JpegTailKind =
  /** Zero octets alone. */
  | 'padding'
  /** A further picture: multi-picture format (CIPA DC-007), gain maps, depth maps. */
  | 'jpeg'
  /** A film: motion photos. */
  | 'isobmff'
  /** Samsung's records, which may hold a film. */
  | 'samsung-sef'
  | 'zip'
  | 'other';

/** A tail. Zero octets before it are not part of it. */
export interface JpegTail {
  readonly kind: JpegTailKind;
  readonly offset: number;
  readonly length: number;
}

const TAIL_ROWS: readonly (readonly [JpegTailKind, (octets: Octets, at: number) => boolean])[] = [
  ['padding', (octets, at) => at === octets.length],
  ['jpeg', (octets, at) => octets.startsWith(JPEG_MAGIC, at)],
  ['zip', (octets, at) => octets.startsWith('PK\x03\x04', at)],
  ['isobmff', isFilm],
  ['samsung-sef', (octets) => octets.startsWith('SEFT', octets.length - 4)],
];

/** What stands at `end` and behind it; undefined when nothing does. */
export function jpegTail(octets: Octets, end: number): JpegTail | undefined {
  if (end >= octets.length) return undefined;
  let offset = end;
  while (octets.octet(offset) === 0) offset += 1;
  const kind = TAIL_ROWS.find(([, matches]) => matches(octets, offset))?.[0] ?? 'other';
  return { kind, offset, length: octets.length - offset };
}

/** The length of a film's first box is below 64 KiB, so that its first two octets are zero and were gone over. */
function isFilm(octets: Octets, at: number): boolean {
  return [0, 1, 2, 3, 4].some((ahead) => octets.startsWith('ftyp', at + ahead));
}
