const ROW_OCTETS = 16;

/** Octets that are shown before and behind the place, at least. */
const CONTEXT_OCTETS = 32;

/** The octets around an offset, and where they begin. */
export interface Surroundings {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The octets around an offset, from the start of a row. Of an offset past the end, the last ones. */
export function surroundings(bytes: Uint8Array, offset: number): Surroundings {
  const place = Math.min(offset, bytes.length);
  const start = Math.max(0, place - CONTEXT_OCTETS);
  const first = start - (start % ROW_OCTETS);
  return { offset: first, bytes: bytes.subarray(first, place + CONTEXT_OCTETS) };
}

/** Lines of a hex dump: offset, octets, their ASCII; and a line with a mark below the octet at `marked`. */
export function hexDump({ offset, bytes }: Surroundings, marked: number): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += ROW_OCTETS) {
    lines.push(row(offset + start, bytes.subarray(start, start + ROW_OCTETS)));
    const column = marked - offset - start;
    const isAtEnd = marked === offset + bytes.length && start + ROW_OCTETS > bytes.length;
    if (column >= 0 && (column < ROW_OCTETS || isAtEnd)) lines.push(`${' '.repeat(10 + column * 3)}^^`);
  }
  return lines;
}

function row(offset: number, octets: Uint8Array): string {
  const pairs = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ');
  const letters = Array.from(octets, (octet) =>
    octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.',
  );
  return `${offset.toString(16).padStart(8, '0')}  ${pairs.padEnd(ROW_OCTETS * 3 - 1)}  ${letters.join('')}`;
}
