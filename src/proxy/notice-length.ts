/** Makes a notice as long as what it stands for. */
import { encodeUtf8 } from '../codec/text.ts';

const SPACE = 0x20;

/** How often the name of a notice is made longer, to get past a length that no padding gives. */
const VARIANTS_MAX = 4;

/** The message with a notice of these octets. */
export type EncodeWithNotice = (notice: Uint8Array) => Uint8Array;

/**
 * A message of exactly `length` octets: the notice is followed by spaces, or cut between two characters. Lengths before
 * it grow by an octet at some sizes, and so a total may be stepped over; then the next variant, with another name of the
 * notice, meets it. Undefined when the message is too long without any notice. Pure.
 */
export function sizedToLength(
  notice: string,
  length: number,
  encoderOf: (variant: number) => EncodeWithNotice,
): Uint8Array | undefined {
  for (let variant = 0; variant < VARIANTS_MAX; variant += 1) {
    const sized = exactly(notice, length, encoderOf(variant));
    if (sized !== undefined) return sized;
  }
  return undefined;
}

function exactly(notice: string, length: number, encode: EncodeWithNotice): Uint8Array | undefined {
  const most = length - encode(new Uint8Array()).length;
  if (most < 0) return undefined;
  // the lengths of a shorter notice cost as much or less, so that none is too long that is shorter by the excess
  const excess = encode(filled(notice, most)).length - length;
  for (let size = Math.max(0, most - excess); size <= most; size += 1) {
    const encoded = encode(filled(notice, size));
    if (encoded.length >= length) return encoded.length === length ? encoded : undefined;
  }
  return undefined;
}

/** The text in exactly `size` octets of UTF-8. */
export function filled(text: string, size: number): Uint8Array {
  const octets = encodeUtf8(text);
  let end = Math.min(size, octets.length);
  while (end > 0 && isContinuation(octets[end])) end -= 1;
  const result = new Uint8Array(size).fill(SPACE);
  result.set(octets.subarray(0, end));
  return result;
}

/** An octet of UTF-8 that no character starts with. */
function isContinuation(octet: number | undefined): boolean {
  return octet !== undefined && (octet & 0xc0) === 0x80;
}
