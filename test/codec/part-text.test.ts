import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/codec/multipart.ts';
import { textOfPart } from '../../src/codec/part-text.ts';
import { octets } from '../support/octets.ts';

function part(data: string, charset?: number | string, encoding?: string): Part {
  return {
    contentType: {
      mediaType: 'text/plain',
      parameters: charset === undefined ? [] : [{ name: 'charset', value: charset }],
    },
    headers: encoding === undefined ? { others: [] } : { contentTransferEncoding: encoding, others: [] },
    bytes: octets(data),
  };
}

describe('textOfPart', () => {
  it.each([
    ['without a charset', part("'a' c3 a9"), 'aé', true],
    ['in any charset', part('c3 a9', 0), 'é', true],
    ['in UTF-8', part('c3 a9', 106), 'é', true],
    ['in ISO-8859-1', part('e9', 4), 'é', true],
    ['in US-ASCII that is none', part('c3 a9', 3), 'é', false],
    ['in UTF-16 with either mark', part('ff fe 41 00', 1015), '\ufeffA', true],
    ['in UTF-16 without a mark', part('00 41', 1015), 'A', true],
    ['in UCS-2', part('30 42', 1000), 'あ', true],
    ['in Shift-JIS', part('83 65', 17), 'テ', true],
    ['in Big5', part('a7 41', 2026), '你', true],
    ['in a charset of no number', part('c3 a9', 'x-own'), 'é', true],
    ['in a charset that nobody knows', part('e9', 9999), 'é', false],
    ['behind base64', part("'w6k='", 106, 'base64'), 'é', true],
    ['behind quoted-printable', part("'=E9'", 4, 'quoted-printable'), 'é', true],
  ])('reads a part %s', (_, subject, text, exact) => {
    expect(textOfPart(subject, 100)).toEqual({ text, exact, complete: true });
  });

  it.each([
    [3, 'abc', true],
    [2, 'ab', false],
    [0, '', false],
  ])('reads %i octets at most', (octetsMax, text, complete) => {
    expect(textOfPart(part("'abc'"), octetsMax)).toEqual({ text, exact: true, complete });
  });

  it('counts the octets behind the transfer encoding', () => {
    expect(textOfPart(part("'QUJD'", 106, 'base64'), 3)).toMatchObject({ text: 'ABC', complete: true });
  });
});
