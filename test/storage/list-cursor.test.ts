import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../src/storage/list-cursor.ts';

const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('gives back the place that it was made of, in characters that every URL takes', () => {
    const cursor = writeCursor([1764028800000, 'ünï "id"', 'inbound']);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(readCursor(cursor, ['number', 'string', 'string'])).toEqual([
      1764028800000,
      'ünï "id"',
      'inbound',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('[1,').toString('base64url')],
    ['no array', cursorOf({ 0: 1, 1: 'a', length: 2 })],
    ['null', cursorOf(null)],
    ['too little', cursorOf([1])],
    ['too much', cursorOf([1, 'a', 'b'])],
    ['a text for a number', cursorOf(['1', 'a'])],
    ['a number that is not whole', cursorOf([1.5, 'a'])],
    ['a number past the safe ones', cursorOf([2 ** 53, 'a'])],
    ['a number for a text', cursorOf([1, 2])],
    ['a nested array', cursorOf([1, ['a']])],
    ['NUL', cursorOf([1, 'a\0'])],
    ['a lone surrogate', cursorOf([1, '\ud800'])],
    ['a long text', cursorOf([1, 'x'.repeat(513)])],
  ])('is refused when it holds %s', (_, cursor) => {
    expect(readCursor(cursor, ['number', 'string'])).toBeUndefined();
  });
});
