import { describe, expect, it } from 'vitest';
import { isListed } from '../../src/inspection/domain-list.ts';
import {
  blockedEntryOf,
  DEFAULT_URL_LISTS,
  isBlocked,
  SHORTENERS,
  urlLists,
} from '../../src/inspection/url-lists.ts';

describe('blockedEntryOf', () => {
  it.each([
    'evil.example',
    ' Evil.Example ',
    'http://evil.example',
    'https://evil.example/',
    '*.evil.example',
  ])('%j is a domain', (entry) => {
    expect(blockedEntryOf(entry)).toEqual({ kind: 'domain', domain: 'evil.example' });
  });

  it.each([
    ['http://evil.example/a?b=1#c', 'evil.example/a?b=1'],
    ['https://Evil.Example:443/a', 'evil.example/a'],
    ['evil.example/a', 'evil.example/a'],
    ['evil.example:8080/a', 'evil.example:8080/a'],
    ['http://evil.example:8080', 'evil.example:8080/'],
    ['http://evil.example/?q', 'evil.example/?q'],
  ])('%j is a page', (entry, key) => {
    expect(blockedEntryOf(entry)).toEqual({ kind: 'page', key });
  });

  it.each(['', ' ', 'two words', 'http://', 'http:///', '://x', 'mailto:joe'])('%j is neither', (entry) => {
    expect(blockedEntryOf(entry)).toBeUndefined();
  });
});

describe('isBlocked', () => {
  const lists = urlLists(['evil.example', 'http://good.example/bad?id=1', '192.0.2.7', 'two words']);

  it.each([
    'http://evil.example/',
    'https://www.EVIL.example/any?x',
    'http://evil.example./',
    'http://user:pw@evil.example/',
    'http://good.example/bad?id=1',
    'https://good.example/bad?id=1#part',
    'http://3221225991/',
  ])('%s is blocked', (address) => {
    expect(isBlocked(lists, new URL(address))).toBe(true);
  });

  it.each([
    'http://notevil.example/',
    'http://evil.example.com/',
    'http://good.example/',
    'http://good.example/bad',
    'http://good.example/bad?id=2',
    'http://good.example:8080/bad?id=1',
    'http://192.0.2.8/',
  ])('%s is not', (address) => {
    expect(isBlocked(lists, new URL(address))).toBe(false);
  });

  it('blocks nothing without a list', () => {
    expect(isBlocked(DEFAULT_URL_LISTS, new URL('http://evil.example/'))).toBe(false);
  });
});

describe('the shorteners', () => {
  it('are domains', () => {
    expect(DEFAULT_URL_LISTS.shorteners).toEqual(new Set(SHORTENERS));
  });

  it('can be added to, not replaced', () => {
    const { shorteners } = urlLists([], { shorteners: ['short.example'] });
    expect([isListed(shorteners, 'short.example'), isListed(shorteners, 'bit.ly')]).toEqual([true, true]);
  });
});

describe('the lists', () => {
  it('are plain data, which crosses threads', () => {
    const lists = urlLists(['evil.example'], { brands: { mybank: ['mybank.example'] } });
    expect(structuredClone(lists)).toEqual(lists);
  });
});
