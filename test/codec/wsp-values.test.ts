import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import type { ValueCodec } from '../../src/codec/value-codec.ts';
import {
  integer,
  longInteger,
  quotedString,
  readCounted,
  shortInteger,
  skipValue,
  startsWithLengthOctet,
  textString,
  uintvar,
  uri,
  valueLength,
} from '../../src/codec/wsp-values.ts';
import { failureOf, hex, octets, read, readerOf, written } from '../support/octets.ts';

const times = (count: number, literal: string): string => `${literal} `.repeat(count);

interface Row {
  readonly codec: ValueCodec<unknown>;
  readonly name: string;
  readonly value: unknown;
  readonly wire: string;
}

const rows = <T>(name: string, codec: ValueCodec<T>, cases: readonly (readonly [T, string])[]): Row[] =>
  cases.map(([value, wire]) => ({ name, codec: codec, value, wire }));

/** Values and their one canonical form, at the limits of each. */
const CANONICAL: readonly Row[] = [
  ...rows('uintvar', uintvar, [
    [0, '00'],
    [0x7f, '7f'],
    [0x80, '81 00'],
    [0x3fff, 'ff 7f'],
    [0x4000, '81 80 00'],
    [0x1f_ffff, 'ff ff 7f'],
    [0x0fff_ffff, 'ff ff ff 7f'],
    [0x1000_0000, '81 80 80 80 00'],
    [0xffff_ffff, '8f ff ff ff 7f'],
  ]),
  ...rows('Value-length', valueLength, [
    [0, '00'],
    [30, '1e'],
    [31, '1f 1f'],
    [128, '1f 81 00'],
  ]),
  ...rows('Short-integer', shortInteger, [
    [0, '80'],
    [0x7f, 'ff'],
  ]),
  ...rows('Long-integer', longInteger, [
    [0, '01 00'],
    [0x7f, '01 7f'],
    [0xff, '01 ff'],
    [0x100, '02 01 00'],
    [1_700_000_000, '04 65 53 f1 00'],
    [Number.MAX_SAFE_INTEGER, '07 1f ff ff ff ff ff ff'],
  ]),
  ...rows('Integer-value', integer, [
    [0, '80'],
    [0x7f, 'ff'],
    [0x80, '01 80'],
    [1015, '02 03 f7'],
  ]),
  ...rows('Text-string', textString, [
    ['', '00'],
    ['abc', "'abc' 00"],
    ['"a"', '22 61 22 00'],
  ]),
  ...rows('Uri-value', uri, [['http://h/p?q=1#f', "'http://h/p?q=1' 23 'f' 00"]]),
  ...rows('Quoted-string', quotedString, [
    ['', '22 00'],
    ['<a>', "22 '<a>' 00"],
    ['"', '22 22 22 00'],
  ]),
];

describe('a canonical value', () => {
  it.each(CANONICAL)('$name $value is written $wire', ({ codec, value, wire }) => {
    expect(written(codec, value)).toBe(hex(octets(wire)));
  });

  it.each(CANONICAL.filter(({ value }) => value !== '"'))('$name $wire is read strictly', (row) => {
    const { value, anomalies, end } = read(row.codec, row.wire, { tolerate: new Set() });
    expect({ value, anomalies, end }).toEqual({
      value: row.value,
      anomalies: [],
      end: octets(row.wire).length,
    });
  });
});

interface Deviant extends Row {
  readonly anomalies: readonly string[];
}

const deviant = <T>(
  name: string,
  codec: ValueCodec<T>,
  cases: readonly (readonly [string, T, readonly string[]])[],
): Deviant[] =>
  cases.map(([wire, value, anomalies]) => ({
    name,
    codec: codec,
    wire,
    value,
    anomalies,
  }));

const DEVIANT: readonly Deviant[] = [
  ...deviant('uintvar', uintvar, [
    ['80 00', 0, ['uintvar-overlong@0']],
    ['80 80 80 80 7f', 0x7f, ['uintvar-overlong@0']],
    ['80 81 00', 0x80, ['uintvar-overlong@0']],
  ]),
  ...deviant('Value-length', valueLength, [
    ['1f 1e', 30, ['value-length-overlong@0']],
    ['1f 80 1f', 31, ['uintvar-overlong@1']],
    ['20', 32, ['value-length-as-octet@0']],
    ['7f', 127, ['value-length-as-octet@0']],
  ]),
  ...deviant('Long-integer', longInteger, [
    ['02 00 ff', 255, ['integer-overlong@0']],
    [`1e ${times(29, '00')} 05`, 5, ['integer-overlong@0']],
  ]),
  ...deviant('Integer-value', integer, [
    ['01 7f', 0x7f, ['integer-overlong@0']],
    ['02 00 05', 5, ['integer-overlong@0', 'integer-overlong@0']],
  ]),
  ...deviant('Text-string', textString, [
    ["7f 'a' 00", 'a', ['text-quote@0']],
    ['7f 00', '', ['text-quote@0']],
    ['7f 20 00', ' ', ['text-quote@0']],
    ['c3 a9 00', 'é', ['text-quote@0', 'text-not-ascii@0']],
    ['7f c3 a9 00', 'é', ['text-not-ascii@0']],
    ["'a' c3 a9 00", 'aé', ['text-not-ascii@0']],
    ["'a' e9 00", 'a\ufffd', ['text-invalid@0']],
    ["'a' 09 'b' 00", 'a\tb', ['text-control-characters@0']],
    ["'a' 7f 00", 'a\u007f', ['text-control-characters@0']],
    ["7f 0a 'a' 00", '\na', ['text-control-characters@0']],
    ["7f 7f 'a' 00", '\u007fa', ['text-control-characters@0']],
    ["'a' c2 85 00", 'a\u0085', ['text-control-characters@0', 'text-not-ascii@0']],
  ]),
  ...deviant('Uri-value', uri, [
    ["' http://h' 00", ' http://h', ['uri-space@0']],
    ["'http://h/a b' 00", 'http://h/a b', ['uri-space@0']],
  ]),
  ...deviant('Quoted-string', quotedString, [
    ["'<a>' 00", '<a>', ['quoted-string-unquoted@0']],
    ["22 '<a>' 22 00", '<a>', ['quoted-string-unquoted@0']],
    ["22 '<a>' 22 22 00", '<a>"', ['quoted-string-unquoted@0']],
    ['22 22 00', '', ['quoted-string-unquoted@0']],
    ['00', '', ['quoted-string-unquoted@0']],
  ]),
];

describe('a value that deviates', () => {
  it.each(DEVIANT)('$name $wire is read as $value, and reported', ({ codec, wire, value, anomalies }) => {
    expect(read(codec, wire)).toEqual({ value, anomalies, end: octets(wire).length });
  });

  it.each(DEVIANT)('$name $wire is refused strictly', ({ codec, wire, anomalies }) => {
    expect(failureOf(() => codec.read(readerOf(wire)))).toBe(anomalies[0]);
  });

  it.each(DEVIANT)('$name $wire is an equal value once it is written again', ({ codec, value }) => {
    expect(read(codec, octets(written(codec, value))).value).toEqual(value);
  });
});

describe('a value that cannot be read', () => {
  it.each([
    ['uintvar', uintvar, '', 'truncated@0'],
    ['uintvar', uintvar, '81', 'truncated@1'],
    ['uintvar', uintvar, '90 80 80 80 00', 'uintvar-too-long@0'],
    ['uintvar', uintvar, '81 80 80 80 80 00', 'uintvar-too-long@0'],
    ['uintvar', uintvar, '80 80 80 80 80', 'uintvar-too-long@0'],
    ['Value-length', valueLength, '80', 'value-malformed@0'],
    ['Value-length', valueLength, 'ff', 'value-malformed@0'],
    ['Short-integer', shortInteger, '7f', 'value-malformed@0'],
    ['Long-integer', longInteger, '00', 'integer-out-of-range@0'],
    ['Long-integer', longInteger, `1f ${times(31, '00')}`, 'integer-out-of-range@0'],
    ['Long-integer', longInteger, '07 20 00 00 00 00 00 00', 'integer-out-of-range@0'],
    ['Long-integer', longInteger, '02 01', 'truncated@1'],
    ['Integer-value', integer, '', 'truncated@0'],
    ['Text-string', textString, "'abc'", 'text-unterminated@0'],
    ['Text-string', textString, '', 'truncated@0'],
    ['Text-string', textString, '7f', 'text-unterminated@1'],
    ['Quoted-string', quotedString, "22 'a'", 'text-unterminated@1'],
  ] as readonly (readonly [string, ValueCodec<unknown>, string, string])[])(
    '%s fails, whatever is tolerated, for %3$s',
    (_, codec, wire, failure) => {
      expect(failureOf(() => read(codec, wire))).toBe(failure);
    },
  );
});

describe('a value that cannot be written', () => {
  it.each([
    ['uintvar', uintvar, 0x1_0000_0000],
    ['uintvar', uintvar, -1],
    ['uintvar', uintvar, 0.5],
    ['Short-integer', shortInteger, 0x80],
    ['Long-integer', longInteger, Number.MAX_SAFE_INTEGER + 1],
    ['Integer-value', integer, -1],
    ['Text-string', textString, 'a\0b'],
    ['Text-string', textString, '\ud800'],
    ['Quoted-string', quotedString, 'a\0'],
  ] as readonly (readonly [string, ValueCodec<unknown>, unknown])[])(
    'is a RangeError: %s %3$s',
    (_, codec, value) => {
      expect(() => written(codec, value)).toThrow(RangeError);
    },
  );
});

describe('readCounted', () => {
  it('reports what the value leaves of its length, and goes on behind it', () => {
    const reader = readerOf('03 81 00 00 99', { tolerate: REAL_WORLD });
    expect(readCounted(reader, (inner) => shortInteger.read(inner))).toBe(1);
    expect(reader.context.anomalies.map(({ code, offset }) => [code, offset])).toEqual([
      ['value-length-mismatch', 2],
    ]);
    expect(reader.offset).toBe(4);
  });

  it('lets the value reach no further than its length', () => {
    const reader = readerOf("02 'abc' 00", { tolerate: REAL_WORLD });
    expect(failureOf(() => readCounted(reader, (inner) => textString.read(inner)))).toBe(
      'text-unterminated@1',
    );
  });

  it('lets the length reach no further than its container', () => {
    expect(failureOf(() => readCounted(readerOf('02 81'), (inner) => inner.remaining))).toBe('truncated@1');
  });
});

describe('skipValue', () => {
  it.each([
    ['80', 1],
    ['ff', 1],
    ['00', 1],
    ['02 41 00', 3],
    [`1e ${times(30, '41')}`, 31],
    [`1f 1f ${times(31, '41')}`, 33],
    ["'abc' 00", 4],
    ['7f c3 a9 00', 4],
  ])('takes all of %s and no more', (wire, length) => {
    const reader = readerOf(`${wire} 99`);
    expect(hex(skipValue(reader))).toBe(hex(octets(wire)));
    expect(reader.offset).toBe(length);
  });

  it.each([
    ['', 'truncated@0'],
    ['02 41', 'truncated@1'],
    ['1f 1f 41', 'truncated@2'],
    ["'abc'", 'text-unterminated@0'],
  ])('fails for %j', (wire, failure) => {
    expect(failureOf(() => skipValue(readerOf(wire, { tolerate: REAL_WORLD })))).toBe(failure);
  });
});

describe('startsWithLengthOctet', () => {
  it.each([
    ['20 80', true],
    ['7e ff', true],
    ['20 7f', false],
    ['1f 80', false],
    ['7f 80', false],
    ['80 80', false],
    ['20', false],
  ])('for %s is %s', (wire, expected) => {
    expect(startsWithLengthOctet(readerOf(wire))).toBe(expected);
  });
});
