/** Decoding costs work linear in the bytes, whatever they are: octet reads are counted, not seconds. */
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../src/codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { octets } from '../support/octets.ts';

/** With the counts unlimited, only the algorithm keeps the work linear. Nesting stays: each level may look again. */
const UNLIMITED: DecodeLimits = {
  pduBytesMax: Number.MAX_SAFE_INTEGER,
  headersMax: Number.MAX_SAFE_INTEGER,
  partsMax: Number.MAX_SAFE_INTEGER,
  partHeadersMax: Number.MAX_SAFE_INTEGER,
  nestingMax: DEFAULT_DECODE_LIMITS.nestingMax,
  parametersMax: DEFAULT_DECODE_LIMITS.parametersMax,
  textBytesMax: Number.MAX_SAFE_INTEGER,
  anomaliesMax: Number.MAX_SAFE_INTEGER,
};

interface Work {
  /** Octets that were looked at one by one. Views are free: what searches them ends at the first NUL. */
  reads: number;
}

/** The bytes, counting what is read of them. */
function counted(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly work: Work } {
  const work: Work = { reads: 0 };
  const proxy = new Proxy(bytes, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') return value.bind(target) as unknown;
      if (typeof key === 'string' && /^\d+$/.test(key)) work.reads += 1;
      return value;
    },
  });
  return { bytes: proxy, work };
}

function readsOf(bytes: Uint8Array, limits: DecodeLimits): number {
  const { bytes: proxy, work } = counted(bytes);
  try {
    decodePdu(proxy, { tolerate: REAL_WORLD, limits });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  return work.reads;
}

const SEND = octets("8c 80 98 '1' 00 8d 93 89 01 81");

function repeated(head: Uint8Array, unit: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(head);
  for (let at = head.length; at + unit.length <= size; at += unit.length) bytes.set(unit, at);
  return bytes;
}

const after = (literal: string): Uint8Array => Uint8Array.from([...SEND, ...octets(literal)]);

/** How each kind of hostile input starts, and what fills it up. */
const KINDS: readonly (readonly [string, Uint8Array, Uint8Array])[] = [
  ['octets that start no header', SEND, octets('00')],
  ['unknown headers', SEND, octets('c1 80')],
  ['short recipients', SEND, octets("97 'a' 00")],
  ['recipients with a wrong length', SEND, octets("97 06 ea 'a' 00 00 00 00")],
  ['application headers', SEND, octets("'a' 00 'b' 00")],
  ['duplicate headers', SEND, octets('8d 93')],
  ['a text without its NUL', after('96'), octets('41')],
  ['leading zero groups', after('84 a3'), octets('80')],
  ['empty parts', after('84 a3 83 ff ff 7f'), octets('01 00 83')],
  ['parts without headers', after('84 a3 83 ff ff 7f'), octets('00 00')],
  ['multiparts inside multiparts', after('84 a3'), octets('01 01 83 ff ff 7f a3')],
  ['parts that are empty multiparts', after('84 a3 83 ff ff 7f'), octets('01 00 a3')],
  ['parts that are broken multiparts', after('84 a3 83 ff ff 7f'), octets('01 02 a3 05 05')],
  ['part headers', after('84 a3 01 ff ff 7f 00 83'), octets('b4 80')],
  ['spelled part headers', after('84 a3 01 ff ff 7f 00 83'), octets("'a' 00 'b' 00")],
  ['parameters', after('84 1f ff ff 7f 83'), octets("'a' 00 'b' 00")],
  ['broken parameters', after('84 a3 83 ff ff 7f'), octets('06 00 05 83 81 02 03 04')],
];

describe('the work of decoding', () => {
  it.each(KINDS)('is linear in %s', (_, head, unit) => {
    for (const limits of [DEFAULT_DECODE_LIMITS, UNLIMITED]) {
      const [small, large] = [1 << 15, 1 << 17];
      const reads = readsOf(repeated(head, unit, large), limits);
      expect(reads).toBeLessThan(16 * large);
      expect(reads).toBeLessThan(5 * readsOf(repeated(head, unit, small), limits) + 100);
    }
  });

  it.each(KINDS)('ends for a megabyte of %s', (_, head, unit) => {
    expect(readsOf(repeated(head, unit, 1 << 20), DEFAULT_DECODE_LIMITS)).toBeLessThan(1 << 20);
  });

  it('does not grow with the bodies of the parts', () => {
    const message = (size: number): Uint8Array => {
      const length = [14, 7, 0].map((shift) => ((size >> shift) & 0x7f) | (shift === 0 ? 0 : 0x80));
      return Uint8Array.from([...after('84 a3 01 01'), ...length, 0x83, ...new Uint8Array(size).fill(0x41)]);
    };
    expect(readsOf(message(1_000_000), DEFAULT_DECODE_LIMITS)).toBe(
      readsOf(message(20_000), DEFAULT_DECODE_LIMITS),
    );
  });
});
