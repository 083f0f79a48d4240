import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import {
  parameterOf,
  PARAMETERS,
  parametersOfText,
  readParameters,
  writeParameters,
  type Parameter,
} from '../../src/codec/parameters.ts';
import { Writer } from '../../src/codec/writer.ts';
import { failureOf, hex, octets, placesOf, readerOf } from '../support/octets.ts';

const p = (name: string, value: Parameter['value']): Parameter => ({ name, value });

function readAll(wire: string | Uint8Array): {
  parameters: readonly Parameter[];
  anomalies: readonly string[];
} {
  const reader = readerOf(wire, { tolerate: REAL_WORLD });
  const parameters = readParameters(reader);
  return { parameters, anomalies: placesOf(reader.context.anomalies) };
}

function writtenAll(parameters: readonly Parameter[]): Uint8Array {
  return Writer.collect((out) => {
    writeParameters(parameters, out);
  });
}

/** One example of each number of WSP's table. */
const WELL_KNOWN: readonly (readonly [number, string, Parameter['value']])[] = [
  [0x00, '80 81 00', 128],
  [0x01, '81 ea', 106],
  [0x02, '82 81', 1],
  [0x03, '83 81', 1],
  [0x05, "85 'a' 00", 'a'],
  [0x06, "86 'a' 00", 'a'],
  [0x07, '87 81', 1],
  [0x08, '88 81', 1],
  [0x09, '89 9e', 'image/jpeg'],
  [0x0a, "8a '<a>' 00", '<a>'],
  [0x0b, "8b 'a' 00", 'a'],
  [0x0c, "8c 'a' 00", 'a'],
  [0x0d, "8d 'a' 00", 'a'],
  [0x0e, '8e 02 0e 10', 3600],
  [0x0f, "8f 'a' 00", 'a'],
  [0x10, '90 00', ''],
  [0x11, '91 81', 1],
  [0x12, "92 'a' 00", 'a'],
  [0x13, '93 04 65 53 f1 00', 1_700_000_000],
  [0x14, '94 04 65 53 f1 00', 1_700_000_000],
  [0x15, '95 04 65 53 f1 00', 1_700_000_000],
  [0x16, '96 02 28 00', 10_240],
  [0x17, "97 22 'a' 00", 'a'],
  [0x18, "98 22 'a' 00", 'a'],
  [0x19, "99 22 'a' 00", 'a'],
  [0x1a, "9a 22 'a' 00", 'a'],
  [0x1b, "9b 22 'a' 00", 'a'],
  [0x1c, "9c 22 'a' 00", 'a'],
  [0x1d, "9d 'a' 00", 'a'],
];

describe('the well-known parameters', () => {
  it('each have an example', () => {
    expect(WELL_KNOWN.map(([code]) => code)).toEqual([...PARAMETERS.keys()]);
  });

  it('repeat a name only where the other code is read only', () => {
    const names = [...PARAMETERS.values()]
      .filter(({ readOnly }) => readOnly !== true)
      .map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...PARAMETERS.values()].filter(({ name }) => !names.includes(name))).toEqual([]);
  });

  it.each(WELL_KNOWN)('%i is read from %s', (code, wire, value) => {
    expect(readAll(wire)).toEqual({
      parameters: [p(PARAMETERS.get(code)?.name ?? '', value)],
      anomalies: [],
    });
  });

  it.each(WELL_KNOWN.filter(([code]) => PARAMETERS.get(code)?.readOnly !== true))(
    '%i is written as %s',
    (code, wire, value) => {
      expect(hex(writtenAll([p(PARAMETERS.get(code)?.name ?? '', value)]))).toBe(hex(octets(wire)));
    },
  );

  it('of WSP 1.4 are written with their number of WSP 1.1', () => {
    expect(hex(writtenAll(readAll("97 22 'a b' 00 98 'c' 00").parameters))).toBe(
      hex(octets("85 'a b' 00 86 'c' 00")),
    );
  });
});

const READINGS: readonly (readonly [string, readonly Parameter[], readonly string[]])[] = [
  ['', [], []],
  ["'x-a' 00 'v' 00", [p('x-a', 'v')], []],
  ["'X-A' 00 81", [p('x-a', 1)], []],
  ["'x-a' 00 02 01 00", [p('x-a', 256)], []],
  ["'x-a' 00 00", [p('x-a', '')], []],
  ["'x-a' 00 22 'a b' 00", [p('x-a', 'a b')], []],
  ["'x-a' 00 22 22 'a' 00", [p('x-a', '"a')], []],
  ["'x-a' 00 1f 'a' 00", [p('x-a', '\u001fa')], ['text-control-characters@4']],
  ['81 80', [p('charset', 0)], []],
  ['81 02 03 f7', [p('charset', 1015)], []],
  ["81 'utf-8' 00", [p('charset', 106)], ['token-as-text@1']],
  ["81 'x-own' 00", [p('charset', 'x-own')], []],
  ['81 00', [p('charset', '')], []],
  ["'charset' 00 'Big5' 00", [p('charset', 2026)], ['token-as-text@0', 'token-as-text@8']],
  ["'charset' 00 ea", [p('charset', 106)], ['token-as-text@0']],
  ["'type' 00 'IMAGE/GIF' 00", [p('type', 'image/gif')], ['token-as-text@0']],
  ["'level' 00 '1' 00", [p('level', '1')], ['token-as-text@0']],
  ["'level' 00 02 01 00", [p('level', 256)], ['token-as-text@0']],
  ["'secure' 00 'x' 00", [p('secure', 'x')], ['token-as-text@0']],
  ["'name' 00 85", [p('name', 5)], ['token-as-text@0']],
  ["01 05 'a' 00", [p('name', 'a')], ['integer-overlong@0']],
  ["85 'a' 00 97 'b' 00", [p('name', 'a'), p('name', 'b')], ['duplicate-parameter@3']],
  [
    "85 'a' 00 'name' 00 'b' 00",
    [p('name', 'a'), p('name', 'b')],
    ['token-as-text@3', 'duplicate-parameter@3'],
  ],
  ["81 ea ff 'zz'", [p('charset', 106), p('unreadable', octets("ff 'zz'"))], ['parameter-malformed@2']],
  ["90 'x' 00", [p('unreadable', octets("90 'x' 00"))], ['parameter-malformed@0']],
  [
    "83 'application/smil' 00",
    [p('unreadable', octets("83 'application/smil' 00"))],
    ['parameter-malformed@0'],
  ],
  ["85 'a'", [p('unreadable', octets("85 'a'"))], ['parameter-malformed@0']],
  ["'x' 00", [p('unreadable', octets("'x' 00"))], ['parameter-malformed@0']],
  ['7f 00 81', [p('unreadable', octets('7f 00 81'))], ['text-quote@0', 'parameter-malformed@0']],
  ['00', [p('unreadable', octets('00'))], ['parameter-malformed@0']],
];

describe('readParameters', () => {
  it.each(READINGS)('reads %s', (wire, parameters, anomalies) => {
    expect(readAll(wire)).toEqual({ parameters, anomalies });
  });

  it.each(READINGS)('reads %s as equal values once they are written again', (_, parameters) => {
    expect(readAll(writtenAll(parameters)).parameters).toEqual(parameters);
  });

  it('reads behind earlier ones, and counts them', () => {
    const reader = readerOf("85 'b' 00", { tolerate: REAL_WORLD, limits: { parametersMax: 1 } });
    expect(failureOf(() => readParameters(reader, [p('name', 'a')]))).toBe('limit-parameters@0');
  });

  it('does not swallow a limit inside a parameter', () => {
    const reader = readerOf("85 'abcd' 00", { tolerate: REAL_WORLD, limits: { textBytesMax: 3 } });
    expect(failureOf(() => readParameters(reader))).toBe('limit-text-bytes@1');
  });
});

describe('parametersOfText', () => {
  it('splits names from values, and leaves out what has no name', () => {
    const reader = readerOf('');
    expect(
      parametersOfText(reader, [' Name = "a=b" ', 'flag', '=x', '', 'charset=latin1', 'type=TEXT/HTML']),
    ).toEqual([p('name', 'a=b'), p('flag', ''), p('charset', 4), p('type', 'text/html')]);
  });
});

describe('parameterOf', () => {
  it('is the last of a name, or undefined', () => {
    expect(parameterOf([p('a', 1), p('a', 2), p('b', 3)], 'a')).toBe(2);
    expect(parameterOf([], 'a')).toBeUndefined();
  });
});

describe('writeParameters', () => {
  it.each([p('', 'a'), p('x', -1), p('x', 'a\0b'), p('charset', 0.5)])(
    'does not write $name=$value',
    (bad) => {
      expect(() => writtenAll([bad])).toThrow(RangeError);
    },
  );
});
