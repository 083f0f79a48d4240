import { describe, expect, it } from 'vitest';
import type { FatalCode } from '../../src/codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { decodePush } from '../../src/codec/wap-push.ts';
import { failureOf, octets } from '../support/octets.ts';

interface Case {
  readonly limit: keyof DecodeLimits;
  readonly code: FatalCode;
  /** A PDU that has so many of what is limited. */
  readonly pdu: (count: number) => Uint8Array;
  /** Where the failure is reported for a count of one past 8. */
  readonly offset: number;
}

const ACK = "8c 85 98 '1' 00 8d 93";
const SEND = "8c 80 98 '1' 00 8d 93 89 01 81";
const times = (count: number, literal: string): string => `${literal} `.repeat(count);
const byte = (value: number): string => value.toString(16).padStart(2, '0');
const part = (head: string): string => `${byte(octets(head).length)} 00 ${head}`;
const mixed = (...parts: readonly string[]): string =>
  `${SEND} 84 a3 ${byte(parts.length)} ${parts.join(' ')}`;

/** Multiparts inside one another, the innermost without parts. */
function nested(levels: number): string {
  if (levels === 1) return '00';
  const inner = nested(levels - 1);
  return `01 01 ${byte(octets(inner).length)} a3 ${inner}`;
}

const CASES: readonly Case[] = [
  {
    limit: 'pduBytesMax',
    code: 'limit-pdu-bytes',
    pdu: (count) => octets(`8c 85 ${times(count - 2, 'c1')}`),
    offset: 8,
  },
  {
    limit: 'headersMax',
    code: 'limit-headers',
    pdu: (count) => octets(`${SEND} ${times(count - 4, "97 'a' 00")}`),
    offset: 22,
  },
  {
    limit: 'partsMax',
    code: 'limit-parts',
    pdu: (count) => octets(mixed(...Array.from({ length: count }, () => part('83')))),
    offset: 37,
  },
  {
    limit: 'partsMax',
    code: 'limit-parts',
    pdu: (count) =>
      octets(
        mixed(
          part('83'),
          `01 ${byte(3 * (count - 2) + 1)} a3 ${byte(count - 2)} ${times(count - 2, part('83'))}`,
        ),
      ),
    offset: 38,
  },
  {
    limit: 'partHeadersMax',
    code: 'limit-part-headers',
    pdu: (count) => octets(mixed(part(`83 ${times(count, 'b4 80')}`))),
    offset: 32,
  },
  {
    limit: 'nestingMax',
    code: 'limit-nesting',
    pdu: (count) => octets(`${SEND} 84 a3 ${nested(count)}`),
    offset: 44,
  },
  {
    limit: 'parametersMax',
    code: 'limit-parameters',
    pdu: (count) => octets(mixed(part(`${byte(1 + 3 * count)} 83 ${times(count, '85 41 00')}`))),
    offset: 41,
  },
  {
    limit: 'parametersMax',
    code: 'limit-parameters',
    pdu: (count) => octets(`${SEND} 84 'a/b${';n'.repeat(count)}' 00`),
    offset: 33,
  },
  {
    limit: 'parametersMax',
    code: 'limit-parameters',
    pdu: (count) => octets(mixed(part(`83 'Content-Disposition' 00 'inline${';n'.repeat(count)}' 00`))),
    offset: 61,
  },
  {
    limit: 'textBytesMax',
    code: 'limit-text-bytes',
    pdu: (count) => octets(`8c 85 98 ${times(count, '41')} 00 8d 93`),
    offset: 3,
  },
  {
    limit: 'textBytesMax',
    code: 'limit-text-bytes',
    pdu: (count) => octets(`${SEND} 96 ${byte(count + 5)} 02 03 f7 ${times(count, '41')} 00 00`),
    offset: 15,
  },
  {
    limit: 'anomaliesMax',
    code: 'limit-anomalies',
    pdu: (count) => octets(`${ACK} ${times(count, '00')}`),
    offset: 15,
  },
];

const AT = 8;

const decode = (limits: Partial<DecodeLimits>, bytes: Uint8Array): unknown =>
  decodePdu(bytes, { tolerate: REAL_WORLD, limits: { ...DEFAULT_DECODE_LIMITS, ...limits } });

describe('the decode limits', () => {
  it.each(CASES)('let $limit be met exactly', ({ limit, pdu }) => {
    expect(() => decode({ [limit]: AT }, pdu(AT))).not.toThrow();
  });

  it.each(CASES)('refuse one past $limit, at octet $offset', ({ limit, code, pdu, offset }) => {
    expect(failureOf(() => decode({ [limit]: AT }, pdu(AT + 1)))).toBe(`${code}@${offset}`);
  });

  it('are all tested', () => {
    const tested = new Set(CASES.map(({ limit }) => limit));
    expect(
      Object.keys(DEFAULT_DECODE_LIMITS).filter((limit) => !tested.has(limit as keyof DecodeLimits)),
    ).toEqual([]);
  });

  it('hold for a push as well', () => {
    const limits = { ...DEFAULT_DECODE_LIMITS, pduBytesMax: 4 };
    expect(decodePush(octets('00 06 01 be'), { limits }).bytes).toHaveLength(0);
    expect(failureOf(() => decodePush(octets('00 06 01 be 00'), { limits }))).toBe('limit-pdu-bytes@4');
  });

  it('by default let a text of 16 KiB pass, and no more', () => {
    const text = (length: number): Uint8Array => octets(`8c 85 98 ${'41'.repeat(length)} 00 8d 93`);
    expect(() => decodePdu(text(16_384))).not.toThrow();
    expect(failureOf(() => decodePdu(text(16_385)))).toBe('limit-text-bytes@3');
  });
});
