/**
 * Content-Transfer-Encoding inside WSP parts. The wireless encoding has no need of it, but some MMSCs use it and Android
 * decodes it, so what is inspected must be decoded as well. Both decoders are as lenient as a handset (RFC 2045 6.7, 6.8).
 */
import type { Part } from './multipart.ts';

/** The octets of a part as the handset sees them, and whether the encoding was kept to. */
export interface DecodedBody {
  readonly bytes: Uint8Array;
  /** `none`: the octets were not encoded and `bytes` is the part's own view. `unknown`: an encoding we do not know. */
  readonly encoding: 'none' | 'base64' | 'quoted-printable' | 'unknown';
  /** False where octets had to be skipped, or where the encoding is unknown: the handset may see something else. */
  readonly exact: boolean;
}

/** The decoded body of a part. Costs time in its length only where an encoding is named. Never throws. */
export function decodeBody({ bytes, headers }: Pick<Part, 'bytes' | 'headers'>): DecodedBody {
  const name = headers.contentTransferEncoding?.trim().toLowerCase();
  switch (name) {
    case undefined:
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return { bytes, encoding: 'none', exact: true };
    case 'base64':
      return { ...decodeBase64(bytes), encoding: 'base64' };
    case 'quoted-printable':
      return { ...decodeQuotedPrintable(bytes), encoding: 'quoted-printable' };
    default:
      return { bytes, encoding: 'unknown', exact: false };
  }
}

type Decoded = Pick<DecodedBody, 'bytes' | 'exact'>;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS = Int8Array.from({ length: 256 }, (_, octet) => BASE64.indexOf(String.fromCharCode(octet)));
const PADDING = 0x3d;
const LINE_OCTETS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20]);

/** Skips what is not of the alphabet, as Android's decoder does, and ends at the padding. */
function decodeBase64(input: Uint8Array): Decoded {
  const output = new Uint8Array(Math.ceil((input.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  let sextets = 0;
  let exact = true;
  for (const octet of input) {
    if (octet === PADDING) break;
    const sextet = SEXTETS[octet] ?? -1;
    if (sextet < 0) {
      exact &&= LINE_OCTETS.has(octet);
      continue;
    }
    bits = ((bits << 6) | sextet) & 0xffff;
    sextets += 1;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    output[length] = (bits >> held) & 0xff;
    length += 1;
  }
  return { bytes: output.subarray(0, length), exact: exact && isWellPadded(input, sextets) };
}

/** How many padding octets complete a group that has so many sextets; none completes a single one. */
const PADDING_BY_SEXTETS: readonly (number | undefined)[] = [0, undefined, 2, 1];

/**
 * True when the last group is complete and nothing stands behind its padding. Elsewhere decoders part: some stop at
 * the padding and some go on, and Android drops an incomplete group.
 */
function isWellPadded(input: Uint8Array, sextets: number): boolean {
  const start = input.indexOf(PADDING);
  const tail = start < 0 ? new Uint8Array() : input.subarray(start);
  const padding = tail.filter((octet) => !LINE_OCTETS.has(octet));
  return padding.every((octet) => octet === PADDING) && padding.length === PADDING_BY_SEXTETS[sextets % 4];
}

const ESCAPE = 0x3d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** `=XX` is an octet, `=` before a line end joins the lines; a broken escape stays as it is. */
function decodeQuotedPrintable(input: Uint8Array): Decoded {
  const output = new Uint8Array(input.length);
  let length = 0;
  let exact = true;
  for (let index = 0; index < input.length; index += 1) {
    const octet = input[index] ?? 0;
    let value: number | undefined = octet;
    if (octet === ESCAPE) {
      const { taken, escaped, isSound } = readEscape(input, index);
      index += taken;
      value = escaped;
      exact &&= isSound;
    }
    if (value === undefined) continue;
    output[length] = value;
    length += 1;
  }
  return { bytes: output.subarray(0, length), exact };
}

/** What an `=` at `index` stands for: an octet, nothing (a soft line break), or itself when it is broken. */
function readEscape(
  input: Uint8Array,
  index: number,
): { readonly taken: number; readonly escaped?: number; readonly isSound: boolean } {
  const [first, second] = [input[index + 1], input[index + 2]];
  if (first === LINE_FEED) return { taken: 1, isSound: true };
  if (first === CARRIAGE_RETURN && second === LINE_FEED) return { taken: 2, isSound: true };
  const high = hexDigit(first);
  const low = hexDigit(second);
  if (high === undefined || low === undefined) return { taken: 0, escaped: ESCAPE, isSound: false };
  return { taken: 2, escaped: high * 16 + low, isSound: true };
}

function hexDigit(octet: number | undefined): number | undefined {
  if (octet === undefined) return undefined;
  const digit = Number.parseInt(String.fromCharCode(octet), 16);
  return Number.isNaN(digit) ? undefined : digit;
}
