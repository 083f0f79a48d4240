import { describe, expect, it } from 'vitest';
import { esdsFits } from '../../src/inspection/isobmff-esds.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { esdsOf, type EsdsFields } from '../support/isobmff-sample.ts';
import { octets } from '../support/octets.ts';

const fits = (bytes: Uint8Array): boolean => esdsFits(new Octets(bytes), { start: 0, end: bytes.length });
const contentOf = (fields: EsdsFields): Uint8Array => esdsOf(fields).subarray(12);

describe('the description of a stream', () => {
  it.each<[string, EsdsFields]>([
    ['no field by its flags', {}],
    ['a stream that it depends on', { flags: 0x80, fields: [0, 1] }],
    ['an address', { flags: 0x40, fields: [1, 0x78] }],
    ['a clock', { flags: 0x20, fields: [0, 1] }],
    ['all of them', { flags: 0xe0, fields: [0, 1, 2, 0x78, 0x78, 0, 1] }],
  ])('fits with %s', (_, fields) => {
    expect(fits(contentOf(fields))).toBe(true);
  });

  it.each<[string, string]>([
    ['the stream it depends on', '03 03 0001 80'],
    ['the address', '03 04 0001 40 05'],
    ['the address alone, over what follows', "03 08 0001 40 ff 'xyz'"],
    ['the clock', '03 03 0001 20'],
    ['the configuration', '03 05 0001 00 04 01'],
    ['the fields of the configuration', '03 06 0001 00 04 01 40'],
    ['the settings of the decoder', '03 14 0001 00 04 0f 40 000000000000000000000000 05 01'],
  ])('has no room for %s', (_, literal) => {
    expect(fits(octets(literal))).toBe(false);
  });

  it('must not be longer than its box', () => {
    const { length } = contentOf({});
    expect(fits(contentOf({ length: length - 2 }))).toBe(true);
    expect(fits(contentOf({ length: length - 1 }))).toBe(false);
  });

  it('may have a length of four octets, and no more', () => {
    expect(fits(octets('03 80808003 0001 00'))).toBe(true);
    expect(fits(octets('03 ffffffff 0001 00'))).toBe(false);
  });

  it.each(['', '03', '03 80', '04 05 01'])('that does not start is not judged: %s', (literal) => {
    expect(fits(octets(literal))).toBe(true);
  });

  it('is not judged by what a cut took away', () => {
    const whole = contentOf({});
    for (let length = 0; length < whole.length; length += 1) {
      const cut = new Octets(whole.subarray(0, length));
      expect(esdsFits(cut, { start: 0, end: whole.length })).toBe(true);
    }
  });
});
