/** JSON of plain values that may hold octets: what a PDU could not say in text. */

/** The one key of an object that stands for octets, in base64. */
const OCTETS = '$octets';

/** JSON of a value whose octets `parseSealedJson` gives back. */
export function sealedJson(value: unknown): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, inner: unknown) {
    // A Buffer has already become something else in `inner`.
    const own = this[key];
    return own instanceof Uint8Array ? { [OCTETS]: Buffer.from(own).toString('base64') } : inner;
  });
}

/** The value of such JSON. Throws `SyntaxError` for anything else. */
export function parseSealedJson(text: string): unknown {
  return JSON.parse(text, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || !(OCTETS in inner)) return inner;
    const octets = inner[OCTETS];
    return typeof octets === 'string' ? Uint8Array.from(Buffer.from(octets, 'base64')) : inner;
  });
}
