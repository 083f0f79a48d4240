import { describe, expect, it } from 'vitest';
import { INDEXED_TEXT_MAX, storableText } from '../../src/storage/storable-text.ts';

describe('storableText', () => {
  it.each([
    ['an ordinary text', 'Grüße, 👋'],
    ['quotes and control characters but NUL', `'";--\n\u0001\u202e`],
    ['a text at the limit', 'x'.repeat(INDEXED_TEXT_MAX)],
  ])('leaves %s as it is', (_, text) => {
    expect(storableText(text)).toBe(text);
  });

  it.each([
    ['NUL', 'a\0b', 'a\uFFFDb'],
    ['a lone surrogate', 'a\ud83db', 'a\uFFFDb'],
    ['what is one past the limit', `${'x'.repeat(INDEXED_TEXT_MAX)}y`, 'x'.repeat(INDEXED_TEXT_MAX)],
    [
      'a pair that the limit divides',
      `${'x'.repeat(INDEXED_TEXT_MAX - 1)}👋`,
      `${'x'.repeat(INDEXED_TEXT_MAX - 1)}\uFFFD`,
    ],
  ])('replaces or cuts %s', (_, text, stored) => {
    expect(storableText(text)).toBe(stored);
  });

  it('gives a text that it leaves as it is when asked again', () => {
    const once = storableText('\0\ud83d👋'.repeat(200));
    expect(storableText(once)).toBe(once);
  });
});
