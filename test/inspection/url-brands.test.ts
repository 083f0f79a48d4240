import { describe, expect, it } from 'vitest';
import {
  BRANDS_MAX,
  brandIndexOf,
  brandUseOf,
  EDITED_WORD_LENGTH_MIN,
  INNER_WORD_LENGTH_MIN,
  isOneEditAway,
} from '../../src/inspection/url-brands.ts';
import { unicodeLabels } from '../../src/inspection/url-punycode.ts';

const BRANDS = brandIndexOf({
  PayPal: ['paypal.com', 'paypal.me'],
  dhl: ['dhl.de', 'dhl.com'],
  apple: ['apple.com'],
});

const use = (hostname: string, brands = BRANDS) => brandUseOf(hostname, unicodeLabels(hostname), brands);

describe('brandUseOf', () => {
  it.each([
    'paypal.evil.example',
    'paypal-login.example',
    'www.securepaypallogin.example',
    'dhl-paket.example',
    'dhl.com.evil.example',
    'apple.example',
  ])('%s has the word of a brand', (hostname) => {
    expect(use(hostname)).toBe('word');
  });

  it.each([
    ['paypa1.com', 'a digit'],
    ['paypai.com', 'another letter'],
    ['paypall.com', 'a letter more'],
    ['papal-paypl.com', 'a letter less'],
    ['payapl.com', 'two letters swapped'],
    ['xn--pypal-4ve.com', 'a Cyrillic а'],
    ['login.paypa1.evil.example', 'deep inside'],
    ['app1e.paypal.example', 'worse than a word'],
    ['xn--80ak6aa92e.com', 'all Cyrillic'],
  ])('%s looks like a brand: %s', (hostname) => {
    expect(use(hostname)).toBe('look-alike');
  });

  it.each([
    ['paypal.com', 'its own domain'],
    ['www.paypal.com', 'under its own domain'],
    ['paypal.me', 'its other domain'],
    ['pineapple.example', 'a short word inside a word'],
    ['odhl.example', 'a short word with a letter more'],
    ['example.com', 'nothing of a brand'],
    ['example.dhl', 'the top-level domain is not compared'],
    ['example.paypal', 'nor is that of a longer word'],
    ['', 'nothing at all'],
  ])('%s is honest: %s', (hostname) => {
    expect(use(hostname)).toBeUndefined();
  });

  it('finds nothing without brands', () => {
    expect(use('paypa1.com', brandIndexOf({}))).toBeUndefined();
  });

  it('takes a short word with an edit, or inside another, for another word', () => {
    const [short, edited] = ['abcd', 'abcde'];
    expect([short.length, edited.length]).toEqual([EDITED_WORD_LENGTH_MIN - 1, EDITED_WORD_LENGTH_MIN]);
    const brands = brandIndexOf({ [short]: [], [edited]: [] });
    expect(use('xbcd.example', brands)).toBeUndefined();
    expect(use('xbcde.example', brands)).toBe('look-alike');
    expect(use(`1${edited}2.example`, brands)).toBeUndefined();
    expect('abcdef').toHaveLength(INNER_WORD_LENGTH_MIN);
    expect(use('12abcdef34.example', brandIndexOf({ abcdef: [] }))).toBe('word');
  });

  it('keeps as many brands as it may, and no more', () => {
    const names = Array.from({ length: BRANDS_MAX + 1 }, (_, at) => [`brand-number-${at}-`, []] as const);
    expect(brandIndexOf(Object.fromEntries(names)).brands).toHaveLength(BRANDS_MAX);
    expect(brandIndexOf(Object.fromEntries(names.slice(1))).brands).toHaveLength(BRANDS_MAX);
  });
});

describe('isOneEditAway', () => {
  it.each([
    ['paypal', 'paypa', true],
    ['paypal', 'paypals', true],
    ['paypal', 'peypal', true],
    ['paypal', 'papyal', true],
    ['aab', 'ab', true],
    ['', 'a', true],
    ['paypal', 'paypal', false],
    ['paypal', 'paylap', false],
    ['paypal', 'payp', false],
    ['abcd', 'bcda', false],
    ['abcd', 'badc', false],
    ['', '', false],
  ])('%s and %s: %s', (one, other, isNear) => {
    expect(isOneEditAway(one, other)).toBe(isNear);
    expect(isOneEditAway(other, one)).toBe(isNear);
  });
});
