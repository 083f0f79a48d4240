import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  CURSOR_CHARACTERS_MAX,
  lineOfText,
  listed,
  PAGE_ITEMS_DEFAULT,
  PAGE_ITEMS_MAX,
  PAGE_SHAPE,
  spanned,
  TIME,
  WHY,
  WHY_CHARACTERS_MAX,
} from '../../src/admin/page-query.ts';

const PAGE = z.strictObject(PAGE_SHAPE);

describe('a page', () => {
  it.each([
    [{}, PAGE_ITEMS_DEFAULT],
    [{ limit: '1' }, 1],
    [{ limit: String(PAGE_ITEMS_MAX) }, PAGE_ITEMS_MAX],
  ])('of %j has %i items', (query, limit) => {
    expect(PAGE.parse(query)).toEqual({ limit });
  });

  it.each([
    { limit: '0' },
    { limit: String(PAGE_ITEMS_MAX + 1) },
    { limit: '1.5' },
    { limit: '-1' },
    { limit: '' },
    { limit: ['1', '2'] },
    { cursor: '' },
    { cursor: 'c'.repeat(CURSOR_CHARACTERS_MAX + 1) },
    { page: '1' },
  ])('is not asked for by %j', (query) => {
    expect(PAGE.safeParse(query).success).toBe(false);
  });

  it('goes on at the longest cursor', () => {
    const cursor = 'c'.repeat(CURSOR_CHARACTERS_MAX);
    expect(PAGE.parse({ cursor })).toMatchObject({ cursor });
  });

  it('is taken apart from the filter', () => {
    expect(listed({ limit: 5, cursor: 'c', a: 1 })).toEqual({
      filter: { a: 1 },
      page: { limit: 5, cursor: 'c' },
    });
    expect(listed({ limit: 5 })).toEqual({ filter: {}, page: { limit: 5 } });
  });
});

describe('a time', () => {
  const NOON = Date.UTC(2026, 10, 24, 12);

  it.each([
    ['2026-11-24T12:00Z', NOON],
    ['2026-11-24T12:00:00.000Z', NOON],
    ['2026-11-24T13:00:00+01:00', NOON],
    ['2026-11-24', NOON - 12 * 3_600_000],
    [String(NOON), NOON],
    [NOON, NOON],
    ['0', 0],
  ])('is read: %s', (text, ms) => {
    expect(TIME.parse(text)).toBe(ms);
  });

  it.each([
    '',
    'now',
    '2026-11-24T12:00',
    '2026-13-24T12:00Z',
    '24.11.2026',
    '-1',
    '1e9',
    '2026',
    '20261124',
    2026,
    -1,
    1.5,
    null,
  ])('is not read, because it is none or has no zone: %s', (text) => {
    expect(TIME.safeParse(text).success).toBe(false);
  });

  it('becomes the span of the stores', () => {
    const filter: { readonly from?: number; readonly to?: number; readonly a: string } = { a: 'b' };
    expect(spanned({ ...filter, from: 0, to: 2 })).toEqual({ fromMs: 0, toMs: 2, a: 'b' });
    expect(spanned(filter)).toEqual({ a: 'b' });
  });
});

describe('a line of text', () => {
  it.each(['a', 'aaa', 'é😀'])('may be %j', (text) => {
    expect(lineOfText(3).safeParse(text).success).toBe(true);
  });

  it.each(['', 'aaaa', 'a\nb', '\0', '\u001b[2J', '\ud800'])('is not %j', (text) => {
    expect(lineOfText(3).safeParse(text).success).toBe(false);
  });
});

describe('a reason', () => {
  it('is trimmed', () => {
    expect(WHY.parse(' because ')).toBe('because');
  });

  it.each([
    ['w'.repeat(WHY_CHARACTERS_MAX), true],
    ['w'.repeat(WHY_CHARACTERS_MAX + 1), false],
    ['   ', false],
  ])('has from 1 to so many characters: %s', (text, isTaken) => {
    expect(WHY.safeParse(text).success).toBe(isTaken);
  });
});
