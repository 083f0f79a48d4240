import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCharset } from '../../src/codec/text.ts';
import {
  languageFor,
  TEXT_KEYS,
  textsFor,
  type TextReader,
  type TextSettings,
} from '../../src/proxy/notice-texts.ts';

const templates = (word: string) => ({ refused: word, tryLater: word, stripped: word, held: word });
const SETTINGS: TextSettings = {
  language: 'en',
  ...templates('No'),
  languages: {
    de: templates('Nein: größer'),
    'pt-br': templates('Não'),
    ru: templates('Нет'),
  },
  byPrefix: { '+49': 'de', '+55': 'pt-br', '+4': 'ru', '+1': 'en' },
};
const NOBODY: TextReader = { acceptLanguage: undefined, acceptCharset: undefined, numbers: [] };
const FACTS = { nowMs: Date.UTC(2026, 0, 31, 23, 59, 59), reference: 'R-7' };

describe('languageFor', () => {
  it.each([
    ['de', 'de'],
    ['DE-AT, en;q=0.8', 'de'],
    ['fr, de;q=0.5, en;q=0.8', 'en'],
    ['en, de;q=0.9', 'en'],
    ['en-GB, de;q=0.9', 'en'],
    ['pt-BR', 'pt-br'],
    ['pt-BR-x-y', 'pt-br'],
    ['de;q=0, ru;q=0.1', 'ru'],
  ])('follows the wish %j', (acceptLanguage, language) => {
    expect(languageFor(SETTINGS, { ...NOBODY, acceptLanguage, numbers: ['+5511999990000'] })).toBe(language);
  });

  it.each(['fr', '*', 'pt', 'de;q=0', '', 'constructor', '__proto__', '-', 'de_DE', undefined])(
    'goes by the number when the wish is %j',
    (acceptLanguage) => {
      expect(languageFor(SETTINGS, { ...NOBODY, acceptLanguage, numbers: ['+5511999990000'] })).toBe('pt-br');
    },
  );

  it.each([
    [['+4917012345'], 'de'],
    [['+4917012345/TYPE=PLMN'], 'de'],
    [['4917012345/type=plmn'], 'de'],
    [['tel:+4917012345'], 'de'],
    [[' 4917012345 '], 'de'],
    [['+4512345678'], 'ru'],
    [['+12025550111'], 'en'],
    [['+3312345678'], 'en'],
    [['017012345'], 'en'],
    [['+49 170 12345'], 'en'],
    [['49@example.com'], 'en'],
    [['10.0.0.1/TYPE=IPv4'], 'en'],
    [['4'.repeat(15)], 'ru'],
    [['4'.repeat(16)], 'en'],
    [['+4917012345', '+4917099999/TYPE=PLMN'], 'de'],
    [['+4917012345', '+5511999990000'], 'en'],
    [['+4917012345', '+3312345678'], 'en'],
    [[], 'en'],
  ])('has for the numbers %j the language %s', (numbers, language) => {
    expect(languageFor(SETTINGS, { ...NOBODY, numbers })).toBe(language);
  });
});

describe('textsFor', () => {
  const refusedFor = (reader: Partial<TextReader>, settings = SETTINGS) =>
    textsFor(settings, { ...NOBODY, ...reader }, FACTS).refused;

  it('has all texts in one language', () => {
    const texts = textsFor(SETTINGS, { ...NOBODY, acceptLanguage: 'de' }, FACTS);
    expect(Object.keys(texts)).toEqual([...TEXT_KEYS]);
    for (const key of TEXT_KEYS) expect(texts[key]).toEqual({ text: 'Nein: größer', charset: 106 });
  });

  it.each([
    ['de', undefined, 106],
    ['de', '', 106],
    ['de', 'utf-8', 106],
    ['de', 'UTF8;q=0.1, iso-8859-1', 106],
    ['de', 'iso-8859-1, *;q=0.1', 106],
    ['de', 'iso-8859-1', 4],
    ['en', 'iso-8859-1', 3],
    ['de', 'us-ascii, utf-8;q=0', 4],
    ['de', 'utf-8;q=0, *', 4],
    ['de', 'us-ascii, *;q=0', 4],
    ['ru', 'iso-8859-1', 106],
  ])(
    'writes %s for a client that accepts the charsets %j in %i',
    (acceptLanguage, acceptCharset, charset) => {
      expect(refusedFor({ acceptLanguage, acceptCharset }).charset).toBe(charset);
    },
  );

  it.each([
    ['{time}', '2026-01-31 23:59 UTC'],
    ['Ask for {reference}: {reference}', 'Ask for R-7: R-7'],
    ['{subject} {Time} {', '{subject} {Time} {'],
  ])('fills %j in', (refused, text) => {
    expect(refusedFor({}, { ...SETTINGS, refused }).text).toBe(text);
  });

  it('fills in what is filled in once, and as it stands', () => {
    const reader = { ...NOBODY };
    const texts = textsFor({ ...SETTINGS, held: '{reference}' }, reader, { ...FACTS, reference: '{time}$&' });
    expect(texts.held.text).toBe('{time}$&');
  });

  it('gives a text that its charset can hold, whatever a client sends', () => {
    const header = fc.option(
      fc.oneof(
        fc.string(),
        fc
          .array(fc.constantFrom('de', 'utf-8', '*', 'ru', ';q=0', ',', 'iso-8859-1'))
          .map((words) => words.join('')),
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(header, header, fc.array(fc.string()), (acceptLanguage, acceptCharset, numbers) => {
        for (const { text, charset } of Object.values(
          textsFor(SETTINGS, { acceptLanguage, acceptCharset, numbers }, FACTS),
        )) {
          expect(encodeCharset(text, charset)).toBeDefined();
        }
      }),
    );
  });
});
