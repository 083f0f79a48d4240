import { describe, expect, it } from 'vitest';
import { isMixedScript, passesForLatin, skeletonOf } from '../../src/inspection/confusables.ts';

describe('isMixedScript', () => {
  it.each([
    ['аpple', 'a Cyrillic а before Latin'],
    ['gοogle', 'a Greek omicron in Latin'],
    ['αвг', 'Greek and Cyrillic'],
  ])('is true for %s: %s', (label) => {
    expect(isMixedScript(label)).toBe(true);
  });

  it.each([
    'apple',
    'münchen',
    'пример',
    'αθήνα',
    'nippon日本',
    'tokyoとうきょう',
    'seoul서울',
    '123-456',
    '',
  ])('is false for %s', (label) => {
    expect(isMixedScript(label)).toBe(false);
  });
});

describe('passesForLatin', () => {
  it.each(['аррӏе', 'сосо', 'ρορ', 'һ-1'])('is true for %s', (label) => {
    expect(passesForLatin(label)).toBe(true);
  });

  it.each([
    ['apple', 'it is Latin'],
    ['аpple', 'it is partly Latin'],
    ['пример', 'и and м look like nothing else'],
    ['москва', 'м and в look like nothing else'],
    ['中国', 'Han looks like nothing else'],
    ['2026', 'it has no letter'],
    ['', 'it is empty'],
  ])('is false for %s: %s', (label) => {
    expect(passesForLatin(label)).toBe(false);
  });
});

describe('skeletonOf', () => {
  it.each([
    ['аррӏе', 'apple'],
    ['paypa1', 'paypal'],
    ['g00gle', 'google'],
    ['arnazon', 'amazon'],
    ['vvhatsapp', 'whatsapp'],
    ['àmàzön', 'amazon'],
    ['pаypаl', 'paypal'],
    ['plain', 'plain'],
    ['', ''],
  ])('%s looks like %s', (label, skeleton) => {
    expect(skeletonOf(label)).toBe(skeleton);
  });
});
