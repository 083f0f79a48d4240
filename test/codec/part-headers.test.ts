import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { readPartHeaders, writePartHeaders, type PartHeaders } from '../../src/codec/part-headers.ts';
import { Writer } from '../../src/codec/writer.ts';
import { failureOf, hex, octets, placesOf, readerOf } from '../support/octets.ts';

function readAll(wire: string | Uint8Array): { headers: PartHeaders; anomalies: readonly string[] } {
  const reader = readerOf(wire, { tolerate: REAL_WORLD });
  const headers = readPartHeaders(reader);
  return { headers, anomalies: placesOf(reader.context.anomalies) };
}

const writtenAll = (headers: PartHeaders): Uint8Array =>
  Writer.collect((out) => {
    writePartHeaders(headers, out);
  });

const disposition = (name: string, parameters: [string, string | number][] = []): PartHeaders => ({
  contentDisposition: {
    disposition: name,
    parameters: parameters.map(([parameter, value]) => ({ name: parameter, value })),
  },
  others: [],
});

const CANONICAL: readonly (readonly [string, PartHeaders])[] = [
  ['', { others: [] }],
  ["c0 22 '<a>' 00", { contentId: '<a>', others: [] }],
  ["8e 'a.jpg' 00", { contentLocation: 'a.jpg', others: [] }],
  ['ae 01 81', disposition('attachment')],
  ["ae 05 82 86 'ab' 00", disposition('inline', [['filename', 'ab']])],
  ["ae 03 'xy' 00", disposition('xy')],
  ["c8 'base64' 00", { contentTransferEncoding: 'base64', others: [] }],
  ['b4 80', { others: [{ name: 'Push-Flag', value: octets('80') }] }],
  ["8f 02 'ab'", { others: [{ name: 'Content-MD5', value: octets("02 'ab'") }] }],
  ["ff 'x' 00", { others: [{ name: '0xff', value: octets("'x' 00") }] }],
  ["'X-A' 00 'v' 00", { others: [{ name: 'X-A', value: 'v' }] }],
  ["'X-A:' 00 'v' 00", { others: [{ name: 'X-A:', value: 'v' }] }],
  [
    "c0 22 '<a>' 00 8e 'a' 00 ae 01 80 c8 '8bit' 00 b4 80",
    {
      contentId: '<a>',
      contentLocation: 'a',
      ...disposition('form-data'),
      contentTransferEncoding: '8bit',
      others: [{ name: 'Push-Flag', value: octets('80') }],
    },
  ],
];

describe('canonical part headers', () => {
  it.each(CANONICAL)('%s are read strictly and written again', (wire, headers) => {
    expect(readAll(wire)).toEqual({ headers, anomalies: [] });
    expect(hex(writtenAll(headers))).toBe(hex(octets(wire)));
  });
});

const READINGS: readonly (readonly [string, PartHeaders, readonly string[]])[] = [
  ['c5 01 81', disposition('attachment'), []],
  ["ae 07 'inline' 00", disposition('inline'), ['token-as-text@2']],
  ['ae 01 85', disposition('x-wsp-0x5'), ['token-unassigned@2']],
  ["ae 'inline' 00", disposition('inline'), ['value-length-mismatch@1']],
  [
    'ae \'Inline; FileName="a b"\' 00',
    disposition('inline', [['filename', 'a b']]),
    ['value-length-mismatch@1'],
  ],
  [
    `ae 23 81 86 '${'n'.repeat(32)}' 00`,
    disposition('attachment', [['filename', 'n'.repeat(32)]]),
    ['value-length-as-octet@1'],
  ],
  ['ae 1f 01 81', disposition('attachment'), ['value-length-overlong@1']],
  ["8e 'a' 00 8e 'b' 00", { contentLocation: 'b', others: [] }, ['duplicate-part-header@3']],
  ['ae 01 81 c5 01 82', disposition('inline'), ['duplicate-part-header@3']],
  ['91 9e', { others: [{ name: 'Content-Type', value: octets('9e') }] }, ['duplicate-part-header@0']],
  ["c0 '<a>' 00", { contentId: '<a>', others: [] }, ['quoted-string-unquoted@1']],
  ["8e 'a b' 00", { contentLocation: 'a b', others: [] }, ['uri-space@1']],
  [
    "00 20 7f 8e 'a' 00",
    { contentLocation: 'a', others: [] },
    ['header-octet-unassigned@0', 'header-octet-unassigned@1', 'header-octet-unassigned@2'],
  ],
  ["'Content-ID' 00 '<a>' 00", { contentId: '<a>', others: [] }, ['token-as-text@0']],
  ["'content-location:' 00 'a' 00", { contentLocation: 'a', others: [] }, ['token-as-text@0']],
  [
    "'Content-Transfer-Encoding' 00 'base64' 00",
    { contentTransferEncoding: 'base64', others: [] },
    ['token-as-text@0'],
  ],
  [
    "'Content-Disposition' 00 'Attachment; filename=a' 00",
    disposition('attachment', [['filename', 'a']]),
    ['token-as-text@0'],
  ],
  [
    "'Content-Type' 00 'text/html' 00",
    { others: [{ name: 'Content-Type', value: 'text/html' }] },
    ['token-as-text@0', 'duplicate-part-header@0'],
  ],
  ["'X::' 00 00", { others: [{ name: 'X::', value: '' }] }, []],
];

describe('part headers', () => {
  it.each(READINGS)('%s are read, and reported', (wire, headers, anomalies) => {
    expect(readAll(wire)).toEqual({ headers, anomalies });
  });

  it.each(READINGS)('%s read equal once they are written again', (_, headers) => {
    expect(readAll(writtenAll(headers)).headers).toEqual(headers);
  });

  it.each(READINGS.filter(([, , anomalies]) => anomalies.length > 0))(
    '%s are refused strictly',
    (wire, _, anomalies) => {
      expect(failureOf(() => readPartHeaders(readerOf(wire)))).toBe(anomalies[0]);
    },
  );

  it.each([
    ['8e', 'truncated@1'],
    ["8e 'a'", 'text-unterminated@1'],
    ['b4', 'truncated@1'],
    ['ae 05 81', 'truncated@2'],
    ['ae 81', 'value-malformed@1'],
    ["'X-A' 00", 'truncated@4'],
  ])('%s cannot be read, whatever is tolerated', (wire, failure) => {
    expect(failureOf(() => readAll(wire))).toBe(failure);
  });

  it.each([
    { name: 'X-Own', value: octets('80') },
    { name: '0x8e', value: octets('80') },
    { name: '', value: 'v' },
    { name: 'é', value: 'v' },
  ])('do not write $name', (other) => {
    expect(() => writtenAll({ others: [other] })).toThrow(RangeError);
  });
});
