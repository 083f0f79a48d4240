import { describe, expect, it } from 'vitest';
import { tokenOf, tokenOrText } from '../../src/codec/token.ts';
import { hex, octets, read, written } from '../support/octets.ts';

const TABLE = { 0x80: 'personal', 0x81: 'auto' } as const;
const token = tokenOf(TABLE);
const textual = tokenOrText(TABLE);

describe('tokenOf', () => {
  it.each([
    ['80', 'personal', []],
    ['81', 'auto', []],
    ['82', 0x82, ['token-unassigned@0']],
    ['00', 0x00, ['token-unassigned@0']],
  ])('reads %s as %s and writes it again', (wire, value, anomalies) => {
    expect(read(token, wire)).toEqual({ value, anomalies, end: 1 });
    expect(written(token, value as 'auto')).toBe(wire);
  });

  it.each(['other', -1, 256, 0.5, Number.NaN])('does not write %s', (value) => {
    expect(() => written(token, value as 'auto')).toThrow(RangeError);
  });
});

describe('tokenOrText', () => {
  it.each([
    ['80', 'personal', []],
    ["'weekly' 00", 'weekly', []],
    ['00', '', []],
    ['84', '0x84', ['token-unassigned@0']],
    ["'Auto' 00", 'auto', ['token-as-text@0']],
    ["'0x84' 00", '0x84', ['token-as-text@0']],
    ["'0x81' 00", '0x81', []],
    ['7f c3 a9 00', 'é', ['text-not-ascii@0']],
  ])('reads %s as %j, and an equal value once it is written again', (wire, value, anomalies) => {
    expect(read(textual, wire)).toEqual({ value, anomalies, end: octets(wire).length });
    expect(read(textual, octets(written(textual, value))).value).toBe(value);
  });

  it.each([
    ['personal', '80'],
    ['0x84', '84'],
    ['0x80', hex(octets("'0x80' 00"))],
    ['weekly', hex(octets("'weekly' 00"))],
  ])('writes %s as %s', (value, wire) => {
    expect(written(textual, value)).toBe(wire);
  });
});
