import { describe, expect, it } from 'vitest';
import {
  charsetOf,
  contentTypeValue,
  isMultipart,
  textParameter,
  type ContentType,
} from '../../src/codec/content-type.ts';
import { MEDIA_TYPES } from '../../src/codec/wsp-numbers.ts';
import { failureOf, hex, octets, read, readerOf, written } from '../support/octets.ts';

const type = (mediaType: string, parameters: ContentType['parameters'] = []): ContentType => ({
  mediaType,
  parameters,
});

const CANONICAL: readonly (readonly [string, ContentType])[] = [
  ['9e', type('image/jpeg')],
  ["'application/smil' 00", type('application/smil')],
  ['03 02 02 0c', type('image/x-up-wpng')],
  ['03 83 81 ea', type('text/plain', [{ name: 'charset', value: 106 }])],
  [
    "1b b3 8a '<smil>' 00 89 'application/smil' 00",
    type('application/vnd.wap.multipart.related', [
      { name: 'start', value: '<smil>' },
      { name: 'type', value: 'application/smil' },
    ]),
  ],
  ["0b 'video/x' 00 85 'a' 00", type('video/x', [{ name: 'name', value: 'a' }])],
  [`1f 23 9e 85 '${'n'.repeat(32)}' 00`, type('image/jpeg', [{ name: 'name', value: 'n'.repeat(32) }])],
];

describe('a canonical Content-Type', () => {
  it.each(CANONICAL)('%s is read strictly and written again', (wire, value) => {
    expect(read(contentTypeValue, wire, { tolerate: new Set() }).value).toEqual(value);
    expect(written(contentTypeValue, value)).toBe(hex(octets(wire)));
  });

  it.each([...MEDIA_TYPES])('has the number %i for %s', (_, name) => {
    const wire = written(contentTypeValue, type(name));
    expect(read(contentTypeValue, octets(wire), { tolerate: new Set() }).value).toEqual(type(name));
    expect(wire.length).toBeLessThanOrEqual(8);
  });
});

const utf8 = { name: 'charset', value: 106 };

const DEVIANT: readonly (readonly [string, ContentType, readonly string[]])[] = [
  ["'IMAGE/JPEG' 00", type('image/jpeg'), ['token-as-text@0']],
  ["0b 'text/plain' 00", type('text/plain'), ['token-as-text@1']],
  ["10 'image/x-up-wpng' 00", type('image/x-up-wpng'), ['token-as-text@1']],
  ['e0', type('application/x-wsp-0x60'), ['token-unassigned@0']],
  ['03 02 7f ff', type('application/x-wsp-0x7fff'), ['token-unassigned@1']],
  ['02 01 03', type('text/plain'), ['integer-overlong@1']],
  ['1f 01 83', type('text/plain'), ['value-length-overlong@0']],
  ["'text/plain; charset=UTF-8' 00", type('text/plain', [utf8]), ['media-type-malformed@0']],
  [
    '\'text/plain;charset="x-own"\' 00',
    type('text/plain', [{ name: 'charset', value: 'x-own' }]),
    ['media-type-malformed@0'],
  ],
  ['\'x/y; Name="a=b" ;; =c\' 00', type('x/y', [{ name: 'name', value: 'a=b' }]), ['media-type-malformed@0']],
  [
    "'m/r; type=Image/GIF' 00",
    type('m/r', [{ name: 'type', value: 'image/gif' }]),
    ['media-type-malformed@0'],
  ],
  ["' image/png ' 00", type('image/png'), ['media-type-malformed@0']],
  ["'smil' 00", type('smil'), ['media-type-malformed@0']],
  ['20 00', type('*/*'), ['media-type-malformed@0']],
  ['02 7f 00', type('*/*'), ['text-quote@1', 'media-type-malformed@1']],
  [
    "0f 'a/b; name=x' 00 85 'y' 00",
    type('a/b', [
      { name: 'name', value: 'x' },
      { name: 'name', value: 'y' },
    ]),
    ['media-type-malformed@1', 'duplicate-parameter@13'],
  ],
  [
    `24 9e 85 '${'n'.repeat(33)}' 00`,
    type('image/jpeg', [{ name: 'name', value: 'n'.repeat(33) }]),
    ['value-length-as-octet@0'],
  ],
];

describe('a Content-Type that deviates', () => {
  it.each(DEVIANT)('%s is read, and reported', (wire, value, anomalies) => {
    expect(read(contentTypeValue, wire)).toEqual({ value, anomalies, end: octets(wire).length });
  });

  it.each(DEVIANT)('%s is refused strictly', (wire, _, anomalies) => {
    expect(failureOf(() => contentTypeValue.read(readerOf(wire)))).toBe(anomalies[0]);
  });

  it.each(DEVIANT)('%s is an equal value once it is written again', (_, value) => {
    expect(read(contentTypeValue, octets(written(contentTypeValue, value))).value).toEqual(value);
  });
});

describe('a Content-Type that cannot be read', () => {
  it.each([
    ['', 'truncated@0'],
    ['00', 'truncated@1'],
    ['05 83', 'truncated@1'],
    ["'image/jpeg'", 'text-unterminated@0'],
    ['02 00 00', 'integer-out-of-range@1'],
    ['40 83', 'truncated@1'],
  ])('%j fails, whatever is tolerated', (wire, failure) => {
    expect(failureOf(() => read(contentTypeValue, wire))).toBe(failure);
  });
});

describe('a Content-Type that cannot be written', () => {
  it.each(['', ' text/plain', 'text/plain;x=y', 'a\0b'])('is a RangeError: %j', (mediaType) => {
    expect(() => written(contentTypeValue, type(mediaType))).toThrow(RangeError);
  });

  it('is never one that would be taken for a length: such a text goes into the general form', () => {
    expect(written(contentTypeValue, type('aé'))).toBe(hex(octets("04 'aé' 00")));
  });
});

describe('what Content-Type tells', () => {
  const twice = type('text/plain', [
    { name: 'name', value: 'first' },
    { name: 'charset', value: 4 },
    { name: 'name', value: 'last' },
    { name: 'charset', value: 106 },
  ]);

  it('is the last name and charset, as in Android', () => {
    expect([textParameter(twice, 'name'), charsetOf(twice)]).toEqual(['last', 106]);
  });

  it('is no text where a number stands, and no charset where a text stands', () => {
    expect(textParameter(twice, 'charset')).toBeUndefined();
    expect(charsetOf(type('text/plain', [{ name: 'charset', value: 'x-own' }]))).toBeUndefined();
    expect(textParameter(twice, 'start')).toBeUndefined();
  });

  it.each([
    ['application/vnd.wap.multipart.related', true],
    ['Application/Vnd.Wap.Multipart.Mixed', true],
    ['multipart/form-data', true],
    ['multipart', false],
    ['application/vnd.wap.multipartx', false],
    ['text/plain', false],
  ])('is whether %s is a multipart: %s', (mediaType, expected) => {
    expect(isMultipart(type(mediaType))).toBe(expected);
  });
});
