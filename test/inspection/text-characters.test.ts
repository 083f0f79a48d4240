import { describe, expect, it } from 'vitest';
import {
  BIDI_CONTROL,
  FORMAT_CHARACTERS,
  HIDDEN_IN_URL,
  HIDDEN_IN_WORD,
  HIDDEN_TAG,
} from '../../src/inspection/text-characters.ts';

const INVISIBLE = ['\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF'];
const ENGLAND = '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';

describe('the invisible characters', () => {
  it.each(INVISIBLE)('%j is hidden in an address of Latin letters', (character) => {
    expect(HIDDEN_IN_URL.test(`exam${character}ple.com`)).toBe(true);
    expect(HIDDEN_IN_URL.test(`при${character}мер.рф`)).toBe(true);
  });

  it.each(INVISIBLE.slice(1))('%j is hidden in a word', (character) => {
    expect(HIDDEN_IN_WORD.test(`pay${character}pal`)).toBe(true);
    expect(HIDDEN_IN_WORD.test(`pay ${character}pal`)).toBe(false);
  });

  it.each(['می‌خواهم', 'क्‍ष', '👨‍👩‍👧', '🏳️‍🌈'])('a joiner that %s needs is not hidden', (text) => {
    expect(HIDDEN_IN_URL.test(text)).toBe(false);
    expect(HIDDEN_IN_WORD.test(text)).toBe(false);
  });

  it('a soft hyphen is honest in a word', () => {
    expect(HIDDEN_IN_WORD.test('Donau\u00ADschiff')).toBe(false);
  });

  it.each([
    ['tags alone', '\u{E0068}\u{E0069}', true],
    ['tags behind a letter', 'a\u{E0068}', true],
    ['a language tag', '\u{E0001}', true],
    ['the flag of England', ENGLAND, false],
    ['tags behind a flag that has ended', `${ENGLAND}\u{E0068}`, true],
    ['no tags', '🏴 flag', false],
  ])('%s are hidden tags: %#', (_, text, isHidden) => {
    expect(HIDDEN_TAG.test(text)).toBe(isHidden);
  });
});

describe('the controls of the reading direction', () => {
  it.each(['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068'])(
    '%j is one',
    (character) => {
      expect(BIDI_CONTROL.test(character)).toBe(true);
    },
  );

  it.each(['\u200E', '\u200F', '\u061C', '\u2069'])('%j is none', (character) => {
    expect(BIDI_CONTROL.test(character)).toBe(false);
  });

  it('are dropped with all that nobody sees', () => {
    expect('a\u202E\u200B\u00AD\uFEFF\u2068b'.replaceAll(FORMAT_CHARACTERS, '')).toBe('ab');
  });
});
