import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { Reader } from '../../src/codec/reader.ts';
import { failureOf, hex, octets, placesOf, readerOf } from '../support/octets.ts';

const BYTES = octets('10 11 12 13 14 15');
const context = { limits: DEFAULT_DECODE_LIMITS, tolerate: new Set<never>(), anomalies: [] };
/** A reader of the octets 12 to 14. */
const middle = (): Reader => new Reader(BYTES, context, 2, 5);

describe('a Reader', () => {
  it('takes octets up to its end, and no further', () => {
    const reader = middle();
    expect([reader.octet(), reader.peek(), reader.octet(), reader.octet()]).toEqual([0x12, 0x13, 0x13, 0x14]);
    expect(reader.remaining).toBe(0);
    expect(failureOf(() => reader.octet())).toBe('truncated@5');
    expect(failureOf(() => reader.peek())).toBe('truncated@5');
  });

  it('gives views of the input, not copies', () => {
    const view = middle().view(3);
    expect(view.buffer).toBe(BYTES.buffer);
    expect([view.byteOffset, view.length]).toEqual([2, 3]);
  });

  it.each([
    ['view', (reader: Reader) => reader.view(4)],
    ['child', (reader: Reader) => reader.child(4)],
  ])('gives no %s of more than it has', (_, take) => {
    expect(failureOf(() => take(middle()))).toBe('truncated@2');
  });

  it('goes on behind its child, which keeps absolute offsets and its own end', () => {
    const reader = middle();
    const child = reader.child(2);
    expect([child.offset, child.end, reader.offset]).toEqual([2, 4, 4]);
    child.view(2);
    expect(failureOf(() => child.octet())).toBe('truncated@4');
    expect(reader.octet()).toBe(0x14);
  });

  it('looks at what it has passed, and never past its end', () => {
    const reader = middle();
    expect(hex(reader.viewBetween(3, 99))).toBe('1314');
    expect(reader.between(3, 99).end).toBe(5);
    expect(reader.offset).toBe(2);
  });

  it('is not moved by its fork', () => {
    const reader = middle();
    reader.fork().view(3);
    expect(reader.offset).toBe(2);
  });

  it('shares one list of anomalies with all that come of it', () => {
    const reader = readerOf('00 00', { tolerate: new Set(['uri-space'] as const) });
    reader.child(1).deviation('uri-space', 4, 'a space');
    reader.fork().deviation('uri-space', 5, 'a space');
    expect(placesOf(reader.context.anomalies)).toEqual(['uri-space@4', 'uri-space@5']);
  });
});

describe('untilNul', () => {
  it.each([
    ["'ab' 00 'c'", '6162', 3],
    ['00', '', 1],
  ])('takes %s up to the first NUL', (source, text, end) => {
    const reader = readerOf(source);
    expect(hex(reader.untilNul())).toBe(text);
    expect(reader.offset).toBe(end);
  });

  it.each([
    ["'abcd' 00", 'limit-text-bytes@0'],
    ["'abcd'", 'limit-text-bytes@0'],
    ["'abc'", 'text-unterminated@0'],
    ['', 'text-unterminated@0'],
  ])('refuses %s with %s when three octets are the limit', (source, failure) => {
    expect(failureOf(() => readerOf(source, { limits: { textBytesMax: 3 } }).untilNul())).toBe(failure);
  });

  it('does not look for the NUL outside its range', () => {
    expect(failureOf(() => readerOf("'ab' 00").child(2).untilNul())).toBe('text-unterminated@0');
  });
});

describe('deviation', () => {
  it('throws what is not tolerated', () => {
    const deviate = (): void => {
      readerOf('00').deviation('uri-space', 7, 'a space');
    };
    expect(failureOf(deviate)).toBe('uri-space@7');
  });

  it('gives up one past the limit of anomalies', () => {
    const tolerate = new Set(['uri-space'] as const);
    const reader = readerOf('00', { tolerate, limits: { anomaliesMax: 1 } });
    reader.deviation('uri-space', 1, 'a space');
    const deviate = (): void => {
      reader.deviation('uri-space', 2, 'a space');
    };
    expect(failureOf(deviate)).toBe('limit-anomalies@2');
  });
});
