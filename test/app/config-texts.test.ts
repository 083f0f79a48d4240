import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';

const errorsOf = (yaml: string): string[] => {
  const result = readConfig(yaml, {});
  return result.ok ? [] : result.errors.map(({ path, message }) => `${path}: ${message}`);
};
const FOUR = '{ refused: a, tryLater: b, stripped: c, held: "d {reference}" }';

describe('the groups about texts and replies', () => {
  it.each([
    'texts: { refused: "Sorry, {time}" }',
    `texts: { languages: { de: ${FOUR}, pt-br: ${FOUR} }, byPrefix: { "+49": de, "+55": pt-br, "+1": en } }`,
    `texts: { language: de, languages: { en: ${FOUR} } }`,
    'replies: { throttledStatus: error-permanent-service-denied, transientRetrieve: retrieve-conf }',
  ])('take %s', (yaml) => {
    expect(errorsOf(yaml)).toEqual([]);
  });

  it.each([
    ['texts: { refused: "about {subject}" }', /^texts\.refused: may hold \{time\} and \{reference\}/],
    ['texts: { languages: { de: { refused: a } } }', /^texts\.languages\.de\.tryLater: /],
    [`texts: { languages: { DE: ${FOUR} } }`, /must be a language tag in lower case/],
    [
      `texts: { languages: { en: ${FOUR} } }`,
      /^texts\.languages\.en: is the language of the texts beside it/,
    ],
    ['texts: { byPrefix: { "+49": de } }', /^texts\.byPrefix\.\+49: names de, which has no texts/],
    ['texts: { byPrefix: { "0049": en } }', /must be what a number begins with/],
    ['texts: { byPrefix: { "+1": constructor } }', /names|must be/],
    ['replies: { throttledStatus: ok }', /^replies\.throttledStatus: /],
  ])('refuse %s', (yaml, error) => {
    expect(errorsOf(yaml).join('\n')).toMatch(error);
  });
});
