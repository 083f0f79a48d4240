import { describe, expect, it } from 'vitest';
import { canonicalMediaType, codeOfMediaType, constrainedMedia } from '../../src/codec/media-type.ts';
import { MEDIA_TYPES } from '../../src/codec/wsp-numbers.ts';
import { hex, octets, read, written } from '../support/octets.ts';

describe('constrainedMedia', () => {
  it.each([...MEDIA_TYPES].filter(([code]) => code <= 0x7f))('has the octet of %i for %s', (code, name) => {
    expect(written(constrainedMedia, name)).toBe((0x80 | code).toString(16));
    expect(read(constrainedMedia, written(constrainedMedia, name))).toEqual({
      value: name,
      anomalies: [],
      end: 1,
    });
  });

  it.each([
    ["'application/smil' 00", 'application/smil', []],
    ["'Image/JPEG' 00", 'image/jpeg', ['token-as-text@0']],
    ["'text/x-vcard' 00", 'text/x-vCard', ['token-as-text@0']],
    ["'application/vnd.uplanet.signal' 00", 'application/vnd.uplanet.signal', []],
    ["'application/x-wsp-0x60' 00", 'application/x-wsp-0x60', ['token-as-text@0']],
    ['e0', 'application/x-wsp-0x60', ['token-unassigned@0']],
    ['00', '', []],
  ])('reads %s as %j, and an equal value once it is written again', (wire, value, anomalies) => {
    expect(read(constrainedMedia, wire)).toEqual({ value, anomalies, end: octets(wire).length });
    expect(read(constrainedMedia, octets(written(constrainedMedia, value))).value).toBe(value);
  });

  it('writes a registered type as text, for its number needs more than seven bits', () => {
    expect(written(constrainedMedia, 'image/x-up-wpng')).toBe(hex(octets("'image/x-up-wpng' 00")));
  });
});

describe('codeOfMediaType', () => {
  it.each([
    ['IMAGE/GIF', 0x1d],
    ['image/x-up-wpng', 0x20c],
    ['application/x-wsp-0x53', 0x53],
    ['application/x-wsp-0x1fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['application/x-wsp-0x20000000000000', undefined],
    ['application/x-wsp-0x053', undefined],
    ['application/x-wsp-0x3', undefined],
    ['application/smil', undefined],
  ])('of %s is %s', (mediaType, code) => {
    expect(codeOfMediaType(mediaType)).toBe(code);
  });
});

describe('canonicalMediaType', () => {
  it.each([
    ['TEXT/X-VCARD', 'text/x-vCard'],
    ['Application/SMIL', 'Application/SMIL'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(canonicalMediaType(text)).toBe(expected);
  });
});
