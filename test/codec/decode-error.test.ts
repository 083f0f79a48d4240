import { describe, expect, it } from 'vitest';
import { DecodeError, isFinal, type FatalCode } from '../../src/codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { DEVIATION_CODES, REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { decodePush } from '../../src/codec/wap-push.ts';
import { failureOf, octets } from '../support/octets.ts';

interface Case {
  readonly bytes: string;
  readonly offset: number;
}

/** Octets 0 to 9. */
const HEAD = "8c 80 98 '1' 00 8d 93 89 01 81";

/** One example of each failure that nothing tolerates; the compiler holds the table to all of them. */
const FATAL: Readonly<Record<Exclude<FatalCode, `limit-${string}` | 'not-a-push'>, readonly Case[]>> = {
  truncated: [
    { bytes: '8c', offset: 1 },
    { bytes: '8c 80 8d', offset: 3 },
    { bytes: `${HEAD} 85 04 00 00`, offset: 12 },
    { bytes: '8c 80 89 05 81', offset: 4 },
    { bytes: '8c 80 89 1f', offset: 4 },
    { bytes: '8c 80 c1 05 00', offset: 4 },
    { bytes: `${HEAD} 96 01 ea`, offset: 13 },
  ],
  'text-unterminated': [
    { bytes: "8c 80 98 'abc'", offset: 3 },
    { bytes: "8c 80 89 03 80 'ab' 00", offset: 5 },
    { bytes: "8c 80 'X-Name'", offset: 2 },
  ],
  'uintvar-too-long': [
    { bytes: '8c 80 89 1f 81 80 80 80 80 00', offset: 4 },
    { bytes: '8c 80 89 1f 90 80 80 80 00', offset: 4 },
  ],
  'integer-out-of-range': [
    { bytes: '8c 80 85 00', offset: 3 },
    { bytes: `8c 80 85 1f ${'01 '.repeat(31)}`, offset: 3 },
    { bytes: '8c 80 85 07 20 00 00 00 00 00 00', offset: 3 },
  ],
  'value-malformed': [
    { bytes: '8c 80 8d 13', offset: 3 },
    { bytes: '8c 80 89 81', offset: 3 },
    { bytes: '8c 80 89 01 82', offset: 4 },
    { bytes: '8c 80 88 03 82 01 05', offset: 4 },
    { bytes: '8c 8d a8 05', offset: 3 },
  ],
  'message-type-unknown': [
    { bytes: '', offset: 0 },
    { bytes: "98 '1' 00", offset: 0 },
    { bytes: '8c 98', offset: 1 },
    { bytes: '8c 00', offset: 1 },
    { bytes: "83 'x' 00 8c 92", offset: 3 },
    { bytes: '8c 92 8c 80', offset: 2 },
  ],
};

const CASES = Object.entries(FATAL).flatMap(([code, cases]) => cases.map((one) => ({ code, ...one })));

describe('a DecodeError', () => {
  it.each(CASES)('is $code at octet $offset for $bytes', ({ code, bytes, offset }) => {
    const decode = (): unknown => decodePdu(octets(bytes), { tolerate: REAL_WORLD });
    expect(failureOf(decode)).toBe(`${code}@${offset}`);
  });

  it('is message-type-unknown for another type whether it is strict or not', () => {
    expect(failureOf(() => decodePdu(octets('8c 98')))).toBe('message-type-unknown@1');
  });

  it('is not-a-push at octet 1 for another WSP PDU', () => {
    expect(failureOf(() => decodePush(octets('00 04 00')))).toBe('not-a-push@1');
  });

  it('tells code and offset in its message', () => {
    const error = new DecodeError('truncated', 7, 'an octet is missing');
    expect(error.message).toBe('truncated at octet 7: an octet is missing');
    expect(error.name).toBe('DecodeError');
  });
});

describe('isFinal', () => {
  it.each(['limit-parts', 'limit-anomalies', ...DEVIATION_CODES] as const)('is true for %s', (code) => {
    expect(isFinal(new DecodeError(code, 0, ''))).toBe(true);
  });

  it.each([...Object.keys(FATAL), 'not-a-push'] as FatalCode[])('is false for %s', (code) => {
    expect(isFinal(new DecodeError(code, 0, ''))).toBe(false);
  });

  it('knows every limit code by its prefix', () => {
    expect(Object.keys(DEFAULT_DECODE_LIMITS)).toHaveLength(8);
  });
});
