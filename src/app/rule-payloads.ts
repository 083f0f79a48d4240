/** Payloads that rules are timed on: what people send, and what is made to make rules slow. */

/** Octets of each payload: an ordinary picture message. */
export const PAYLOAD_BYTES = 600_000;

/** One payload. */
export interface RulePayload {
  readonly name: string;
  readonly kind: 'ordinary' | 'adversarial';
  readonly bytes: Uint8Array;
}

/** Numbers that look random and are the same in every run (xorshift32), so that runs can be compared. */
function* noise(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state & 0xff;
  }
}

function noiseOf(length: number, seed = 0x6d6d73): Uint8Array {
  const bytes = new Uint8Array(length);
  const octets = noise(seed);
  for (let index = 0; index < length; index += 1) bytes[index] = octets.next().value as number;
  return bytes;
}

function repeated(text: string, before = ''): Uint8Array {
  return Buffer.concat([
    Buffer.from(before, 'latin1'),
    Buffer.alloc(PAYLOAD_BYTES - before.length, text, 'latin1'),
  ]);
}

function behind(head: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(head, 'latin1'), body.subarray(head.length)]);
}

const JPEG_HEAD = '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00';
const PNG_HEAD = '\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x06\x00\x00\x00';
const MP4_HEAD = '\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom';
const WORDS = 'see you at the station at eight, and bring the keys with you please. ';

/** Every payload, by what it is. The floods are those that were found to cost most. */
export const RULE_PAYLOADS: readonly RulePayload[] = [
  { name: 'JPEG', kind: 'ordinary', bytes: behind(JPEG_HEAD, noiseOf(PAYLOAD_BYTES)) },
  { name: 'PNG', kind: 'ordinary', bytes: behind(PNG_HEAD, noiseOf(PAYLOAD_BYTES, 7)) },
  { name: 'MP4', kind: 'ordinary', bytes: behind(MP4_HEAD, noiseOf(PAYLOAD_BYTES, 9)) },
  { name: 'text', kind: 'ordinary', bytes: repeated(WORDS) },
  { name: 'zeros', kind: 'adversarial', bytes: new Uint8Array(PAYLOAD_BYTES) },
  {
    name: 'box types',
    kind: 'adversarial',
    bytes: repeated('stscsttscttsstcoco64stsstx3gcovrpssh', MP4_HEAD),
  },
  {
    name: 'DNG tags',
    kind: 'adversarial',
    bytes: repeated('\x15\x01\x03\x00\x01\x00\x00\x00\x02\x00', 'II*\x00'),
  },
  { name: 'frame headers', kind: 'adversarial', bytes: repeated('\xff\xc0\x00\x11\x08', JPEG_HEAD) },
  { name: 'ends of archives', kind: 'adversarial', bytes: repeated('PK\x05\x06', JPEG_HEAD) },
  { name: 'addresses', kind: 'adversarial', bytes: repeated('http://') },
  { name: 'dotted addresses', kind: 'adversarial', bytes: repeated('http://a.a.a.a.') },
  { name: 'intents', kind: 'adversarial', bytes: repeated('intent:') },
  { name: 'encodings of cards', kind: 'adversarial', bytes: repeated(';ENCODING=', 'BEGIN:VCARD\n') },
];
