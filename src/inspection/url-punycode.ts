/** Host names as people read them: punycode undone (RFC 3492), which the platform's URL does not offer. */

/** The prefix of a label in punycode (RFC 5890). */
export const PUNYCODE_PREFIX = 'xn--';

/** Octets of a label (RFC 1035, 2.3.4). Longer ones resolve nowhere and stay as they are. */
export const LABEL_LENGTH_MAX = 63;

/** The labels of a host name in Unicode, in their order. A label that is no sound punycode stays as it is. */
export function unicodeLabels(hostname: string): string[] {
  return hostname.split('.').map((label) => {
    if (!label.startsWith(PUNYCODE_PREFIX) || label.length > LABEL_LENGTH_MAX) return label;
    return decodePunycode(label.slice(PUNYCODE_PREFIX.length)) ?? label;
  });
}

/** Parameters of the encoding for host names (RFC 3492, 5). */
const BASE = 36;
const THRESHOLD_MIN = 1;
const THRESHOLD_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const FIRST_CODE_POINT = 0x80;
const CODE_POINT_MAX = 0x10ffff;

/** RFC 3492, 6.2; undefined for what does not decode. It takes the square of the length, which is that of a label. */
function decodePunycode(encoded: string): string | undefined {
  const delimiter = encoded.lastIndexOf('-');
  const output = Array.from(encoded.slice(0, Math.max(0, delimiter)));
  let [position, codePoint, bias] = [0, FIRST_CODE_POINT, INITIAL_BIAS];
  for (let at = delimiter + 1; at < encoded.length;) {
    const delta = readDelta(encoded, at, bias);
    if (delta === undefined) return undefined;
    const length = output.length + 1;
    const sum = position + delta.value;
    bias = adaptedBias(delta.value, length, at === delimiter + 1);
    codePoint += Math.floor(sum / length);
    position = sum % length;
    if (codePoint > CODE_POINT_MAX) return undefined;
    output.splice(position, 0, String.fromCodePoint(codePoint));
    position += 1;
    at = delta.end;
  }
  return output.join('');
}

/** One generalised variable-length integer (RFC 3492, 3.3), or undefined where it is cut off or holds another letter. */
function readDelta(encoded: string, start: number, bias: number): { value: number; end: number } | undefined {
  let value = 0;
  let weight = 1;
  for (let at = start, k = BASE; at < encoded.length; at += 1, k += BASE) {
    const digit = Number.parseInt(encoded.charAt(at), BASE);
    if (Number.isNaN(digit)) return undefined;
    // Punycode counts letters first; parseInt counts digits first.
    const place = digit < 10 ? digit + 26 : digit - 10;
    const threshold = Math.min(THRESHOLD_MAX, Math.max(THRESHOLD_MIN, k - bias));
    value += place * weight;
    if (value > Number.MAX_SAFE_INTEGER) return undefined;
    if (place < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
  return undefined;
}

/** RFC 3492, 6.1. */
function adaptedBias(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((BASE - THRESHOLD_MIN) * THRESHOLD_MAX) / 2; k += BASE) {
    rest = Math.floor(rest / (BASE - THRESHOLD_MIN));
  }
  return k + Math.floor(((BASE - THRESHOLD_MIN + 1) * rest) / (rest + SKEW));
}
