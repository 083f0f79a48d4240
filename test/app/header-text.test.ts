import { describe, expect, it } from 'vitest';
import { contentTypeText, dateText, headerText, type HeaderValue } from '../../src/app/header-text.ts';

const VALUES: readonly [HeaderValue, string][] = [
  ['T1', 'T1'],
  [42, '42'],
  [Uint8Array.of(1, 0xff), '0x01ff'],
  [{ text: 'hello' }, 'hello'],
  [{ text: 'grüße', charset: 106 }, 'grüße (utf-8)'],
  [{ text: '?', charset: 9999 }, '? (MIBenum 9999)'],
  [{ kind: 'insert-address' }, 'insert-address'],
  [{ kind: 'address', address: { text: '+1202/TYPE=PLMN' } }, '+1202/TYPE=PLMN'],
  [{ kind: 'relative', seconds: 60 }, '60 s from reception'],
  [{ kind: 'absolute', seconds: 0 }, '1970-01-01T00:00:00Z'],
  [{ hop: 1, value: { text: 'a@b' } }, '1: a@b'],
  [{ count: 2, value: 'http://mmsc/1' }, '2 × http://mmsc/1'],
  [{ unit: 'messages', amount: 3 }, '3 messages'],
  [{ action: 'add', keyword: { text: 'work' } }, 'add work'],
  [{ reference: 'cid:1', parameters: [{ name: 'q', value: 5 }] }, 'cid:1; q=5'],
  [{ mediaType: 'text/plain', parameters: [{ name: 'charset', value: 106 }] }, 'text/plain; charset=utf-8'],
];

describe('a header value as text', () => {
  it.each(VALUES)('%o is %s', (value, expected) => {
    expect(headerText(value)).toBe(expected);
  });

  it.each([
    [64, false],
    [65, true],
  ])('of %i octets is cut: %s', (length, isCut) => {
    expect(headerText(new Uint8Array(length)).includes('…')).toBe(isCut);
  });

  it('is no date where no calendar has it', () => {
    expect(dateText(Number.MAX_SAFE_INTEGER)).toBe(`${Number.MAX_SAFE_INTEGER} s`);
  });

  it('quotes the texts of parameters', () => {
    const name = { name: 'name', value: 'a; b="c"' };
    expect(contentTypeText({ mediaType: 'image/png', parameters: [name] })).toBe(
      'image/png; name="a; b=\\"c\\""',
    );
  });
});
