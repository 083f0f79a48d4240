import { describe, expect, it } from 'vitest';
import { CHARSETS } from '../../src/codec/charsets.ts';
import {
  charsetFor,
  decodeCharset,
  decodeUtf8,
  encodeCharset,
  encodeUtf8,
  isAscii,
  latin1,
} from '../../src/codec/text.ts';
import { hex, octets } from '../support/octets.ts';

/** Text in a charset, by the charset's own code charts. */
const SAMPLES: readonly (readonly [number, string, string])[] = [
  [0, 'c3 a9', 'é'],
  [3, "'plain'", 'plain'],
  [4, '47 72 fc df 65', 'Grüße'],
  [4, '80 9f', '\u0080\u009f'],
  [5, 'b1 e6', 'ąć'],
  [6, 'a6', 'Ĥ'],
  [7, 'f7', '÷'],
  [8, 'bf e0', 'Пр'],
  [9, 'c7', 'ا'],
  [10, 'e1 e2', 'αβ'],
  [11, 'e0', 'א'],
  [12, 'fd fe', 'ış'],
  [13, 'bd', '―'],
  [111, 'a4', '€'],
  [17, '83 65 83 58 83 67 b1', 'テストｱ'],
  [18, 'a5 c6', 'テ'],
  [38, 'b0 a1', '가'],
  [106, 'e2 82 ac f0 9f 98 80', '€😀'],
  [106, 'ef bb bf 41', '\ufeffA'],
  [113, 'c4 e3', '你'],
  [114, '81 30 81 30', '\u0080'],
  [1000, '00 48 00 69', 'Hi'],
  [1013, '00 48 30 42', 'Hあ'],
  [1014, '48 00 42 30', 'Hあ'],
  [1015, '00 48 d8 3d de 00', 'H😀'],
  [1015, 'fe ff 00 48', '\ufeffH'],
  [1015, 'ff fe 48 00', '\ufeffH'],
  [1000, 'ff fe 48 00', '\ufeffH'],
  [2025, 'c4 e3', '你'],
  [2026, 'a7 41 a6 6e', '你好'],
  [2084, 'c1', 'а'],
  [2252, '80', '€'],
  [2251, 'cf f0', 'Пр'],
];

/** Their octets are another form of what we write: little-endian with a mark, and four-octet sequences. */
const OTHER_FORMS = new Set(['ff fe 48 00', '81 30 81 30']);

describe('decodeCharset', () => {
  it.each(SAMPLES)('reads, in charset %i, %s as %s', (mibenum, source, text) => {
    expect(decodeCharset(octets(source), mibenum)).toEqual({ text, exact: true });
  });

  it.each([
    [3, '41 e9', 'A\ufffd'],
    [17, '83', '\ufffd'],
    [106, 'ff', '\ufffd'],
    [106, 'c0 80', '\ufffd\ufffd'],
    [106, 'ed a0 80', '\ufffd\ufffd\ufffd'],
    [1015, '00', '\ufffd'],
    [1015, 'd8 00 00 41', '\ufffdA'],
    [9999, '41 e9', 'Aé'],
  ])('is not exact, in charset %i, for %s', (mibenum, source, text) => {
    expect(decodeCharset(octets(source), mibenum)).toEqual({ text, exact: false });
  });

  it.each([...CHARSETS.keys()])('reads any octet in charset %i without throwing', (mibenum) => {
    const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    expect(typeof decodeCharset(all, mibenum).text).toBe('string');
  });
});

describe('encodeCharset', () => {
  it.each(SAMPLES.filter(([, source]) => !OTHER_FORMS.has(source)))(
    'writes, in charset %i, %s for %s',
    (mibenum, source, text) => {
      expect(hex(encodeCharset(text, mibenum) ?? new Uint8Array())).toBe(hex(octets(source)));
    },
  );

  it.each([
    ['é', 3],
    ['€', 4],
    ['€', 17],
    ['a', 9999],
    ['\ud800', 106],
    ['\ufffeab', 1015],
  ])('does not write %j in charset %i', (text, mibenum) => {
    expect(encodeCharset(text, mibenum)).toBeUndefined();
  });
});

describe('text without a charset', () => {
  it.each([
    ["'abc'", 'abc', true],
    ['', '', true],
    ['c3 a9', 'é', true],
    ['e9', '\ufffd', false],
  ])('%s reads as %j', (source, text, exact) => {
    expect(decodeUtf8(octets(source))).toEqual({ text, exact });
  });

  it.each([64, 65])('of %i octets reads the same on either path', (length) => {
    expect(decodeUtf8(new Uint8Array(length).fill(0x41))).toEqual({ text: 'A'.repeat(length), exact: true });
  });

  it('is told from ASCII by octet 128', () => {
    expect([isAscii(octets('00 7f')), isAscii(octets('41 80'))]).toEqual([true, false]);
  });

  it('reads as the characters of the same numbers in Latin-1', () => {
    expect(latin1(octets('41 80 ff'))).toBe('A\u0080ÿ');
  });

  it.each([
    ['plain', 3],
    ['\u007f', 3],
    ['\u0080', 106],
    ['日本', 106],
  ])('%j is written in charset %i', (text, mibenum) => {
    expect(charsetFor(text)).toBe(mibenum);
  });

  it('becomes UTF-8, a lone surrogate the replacement character', () => {
    expect(hex(encodeUtf8('é\ud800'))).toBe('c3a9efbfbd');
  });
});
