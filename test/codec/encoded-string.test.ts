import { describe, expect, it } from 'vitest';
import { encodedString, encodedStringValue, type EncodedString } from '../../src/codec/encoded-string.ts';
import { failureOf, hex, octets, read, readerOf, written } from '../support/octets.ts';

const CANONICAL: readonly (readonly [string, EncodedString])[] = [
  ["'hi' 00", { text: 'hi' }],
  ['00', { text: '' }],
  ["04 83 'hi' 00", { text: 'hi', charset: 3 }],
  ['04 84 7f e9 00', { text: 'é', charset: 4 }],
  ["05 ea 'c' c3 a9 00", { text: 'cé', charset: 106 }],
  [`1f 21 ea '${'n'.repeat(31)}' 00`, { text: 'n'.repeat(31), charset: 106 }],
];

const raw = (text: string, charset: number, wire: string): EncodedString => ({
  text,
  charset,
  raw: octets(wire),
});

describe('a canonical Encoded-string-value', () => {
  it.each(CANONICAL)('%s', (wire, value) => {
    expect(read(encodedStringValue, wire, { tolerate: new Set() }).value).toEqual(value);
    expect(written(encodedStringValue, value)).toBe(hex(octets(wire)));
  });
});

/** Wire, value, anomalies, and how it is written again where that differs. */
const READ_AS: readonly (readonly [string, EncodedString, readonly string[], string?])[] = [
  ['7f c3 a9 00', { text: 'é' }, ['text-not-ascii@0']],
  ['c3 a9 00', { text: 'é' }, ['text-quote@0', 'text-not-ascii@0'], '7f c3 a9 00'],
  ["'a' ff 00", { text: 'a\ufffd', raw: octets("'a' ff") }, ['text-invalid@0']],
  ["'a' 0d 0a 'b' 00", { text: 'a\r\nb' }, ['text-control-characters@0']],
  ["7f 0a 'a' 00", { text: '\na' }, ['text-control-characters@0']],
  ["7f 'a' 00", { text: 'a' }, ['text-quote@0'], "'a' 00"],
  ['04 ea c3 a9 00', { text: 'é', charset: 106 }, ['text-quote@2'], '05 ea 7f c3 a9 00'],
  ["04 80 'hi' 00", { text: 'hi', charset: 0 }, []],
  ['05 80 7f c3 a9 00', { text: 'é', charset: 0 }, ['text-not-ascii@1']],
  ["04 83 'a' e9 00", raw('a\ufffd', 3, "'a' e9"), ['text-invalid@1']],
  ["06 02 27 0f 'a' e9 00", raw('aé', 9999, "'a' e9"), ['text-invalid@1']],
  ['05 91 7f 83 65 00', raw('テ', 17, '83 65'), []],
  ['07 02 07 ea 7f a7 41 00', raw('你', 2026, 'a7 41'), []],
  ['04 01 6a 41 00', { text: 'A', charset: 106 }, ['integer-overlong@1'], "03 ea 'A' 00"],
  ["1f 04 ea 'hi' 00", { text: 'hi', charset: 106 }, ['value-length-overlong@0'], "04 ea 'hi' 00"],
  ["06 ea 'hi' 00 00 00", { text: 'hi', charset: 106 }, ['value-length-mismatch@5'], "04 ea 'hi' 00"],
  // UTF-16: only a text without a NUL octet, and with one behind it, is read alike by all
  ['06 02 03 f7 4f 60 00', { text: '你', charset: 1015 }, []],
  ['09 02 03 f7 7f fe ff 4f 60 00', { text: '\ufeff你', charset: 1015 }, []],
  ['06 02 03 f7 00 41 00', { text: 'A', charset: 1015 }, ['text-nul-misplaced@4']],
  ['07 02 03 e8 00 41 00 00', { text: 'A', charset: 1000 }, ['text-nul-misplaced@4'], '06 02 03 e8 00 41 00'],
  ['05 02 03 f7 4f 60', { text: '你', charset: 1015 }, ['text-nul-misplaced@4'], '06 02 03 f7 4f 60 00'],
  ['03 02 03 f7', { text: '', charset: 1015 }, ['text-nul-misplaced@4'], '04 02 03 f7 00'],
  ['04 02 03 f7 00', { text: '', charset: 1015 }, []],
  [
    '08 02 03 f7 fe ff 4f 60 00',
    { text: '\ufeff你', charset: 1015 },
    ['text-quote@4'],
    '09 02 03 f7 7f fe ff 4f 60 00',
  ],
  [
    '08 02 03 f7 ff fe 60 4f 00',
    { text: '\ufeff你', charset: 1015 },
    ['text-quote@4'],
    '09 02 03 f7 7f fe ff 4f 60 00',
  ],
  ['06 02 03 f7 7f 6e 00', { text: '置', charset: 1015 }, ['text-quote@4'], '07 02 03 f7 7f 7f 6e 00'],
  ['07 02 03 f7 7f 7f 6e 00', { text: '置', charset: 1015 }, []],
  ['06 02 03 f7 4f 60 05', raw('你\ufffd', 1015, '4f 60 05'), ['text-nul-misplaced@4', 'text-invalid@1']],
  [
    '06 02 03 f7 d8 00 00',
    raw('\ufffd', 1015, 'd8 00'),
    ['text-quote@4', 'text-nul-misplaced@4', 'text-invalid@1'],
    '07 02 03 f7 7f d8 00 00',
  ],
  ['06 02 03 f5 4f 60 00', raw('你', 1013, '4f 60'), []],
  ['06 02 03 f6 60 4f 00', raw('你', 1014, '60 4f'), []],
  [
    '06 02 03 f7 00 0a 00',
    { text: '\n', charset: 1015 },
    ['text-nul-misplaced@4', 'text-control-characters@1'],
  ],
];

const READINGS = READ_AS.map(([wire, value, anomalies, canonical = wire]) => ({
  wire,
  value,
  anomalies,
  canonical,
}));

describe('an Encoded-string-value', () => {
  it.each(READINGS)('$wire is read, and reported', ({ wire, value, anomalies }) => {
    expect(read(encodedStringValue, wire)).toEqual({ value, anomalies, end: octets(wire).length });
  });

  it.each(READINGS)('$wire is written canonically, and reads equal', ({ value, canonical }) => {
    expect(written(encodedStringValue, value)).toBe(hex(octets(canonical)));
    expect(read(encodedStringValue, canonical).value).toEqual(value);
  });

  it.each(READINGS.filter(({ anomalies }) => anomalies.length > 0))(
    '$wire is refused strictly',
    ({ wire, anomalies }) => {
      expect(failureOf(() => encodedStringValue.read(readerOf(wire)))).toBe(anomalies[0]);
    },
  );

  it.each([
    ['', 'truncated@0'],
    ["'abc'", 'text-unterminated@0'],
    ["03 ea 'ab' 00", 'text-unterminated@2'],
    ["05 ea 'ab' 00", 'truncated@1'],
    ["03 'ab' 00", 'integer-out-of-range@1'],
    ['01 ea', 'truncated@2'],
  ])('%j cannot be read, whatever is tolerated', (wire, failure) => {
    expect(failureOf(() => read(encodedStringValue, wire))).toBe(failure);
  });
});

describe('a value that no wire form holds', () => {
  it.each([
    [{ text: 'a\0b' }],
    [{ text: '\ud800' }],
    [{ text: '€', charset: 4 }],
    [{ text: 'a', charset: 9999 }],
    [{ text: 'a', raw: octets('41 00 42') }],
    [{ text: 'a\0b', charset: 106 }],
  ] as [EncodedString][])('is a RangeError: %j', (value) => {
    expect(() => written(encodedStringValue, value)).toThrow(RangeError);
  });
});

describe('encodedString', () => {
  it.each([
    ['plain', undefined, { text: 'plain' }],
    ['Grüße', undefined, { text: 'Grüße', charset: 106 }],
    ['Grüße', 4, { text: 'Grüße', charset: 4 }],
    ['plain', 106, { text: 'plain', charset: 106 }],
    ['テ', 17, raw('テ', 17, '83 65')],
    ['你', 2026, raw('你', 2026, 'a7 41')],
  ])('of %s in charset %s', (text, charset, value) => {
    expect(encodedString(text, charset)).toEqual(value);
    expect(
      read(encodedStringValue, octets(written(encodedStringValue, encodedString(text, charset)))).value,
    ).toEqual(value);
  });

  it.each([
    ['é', 3],
    ['€', 4],
    ['a', 9999],
  ])('refuses what the charset cannot hold: %s in %i', (text, charset) => {
    expect(() => encodedString(text, charset)).toThrow(RangeError);
  });
});
