import { describe, expect, it } from 'vitest';
import { domainListOf, domainOf, HOSTNAME_LENGTH_MAX, isListed } from '../../src/inspection/domain-list.ts';

describe('domainOf', () => {
  it.each([
    ['Evil.Example', 'evil.example'],
    [' evil.example. ', 'evil.example'],
    ['*.evil.example', 'evil.example'],
    ['.evil.example', 'evil.example'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['192.0.2.1', '192.0.2.1'],
    ['0xC0000201', '192.0.2.1'],
    ['[2001:DB8::1]', '[2001:db8::1]'],
  ])('%j is %s', (entry, domain) => {
    expect(domainOf(entry)).toBe(domain);
  });

  it.each([
    '',
    '*.',
    'evil.example/path',
    'user@evil.example',
    'evil.example:8080',
    'evil example',
    'a..b/',
    '#',
  ])('%j is no domain', (entry) => {
    expect(domainOf(entry)).toBeUndefined();
  });
});

describe('isListed', () => {
  const domains = domainListOf(['evil.example', 'com.test', 'not a domain']);

  it('leaves out what is no domain', () => {
    expect(domains).toEqual(new Set(['evil.example', 'com.test']));
  });

  it.each(['evil.example', 'www.evil.example', 'a.b.evil.example', 'com.test'])(
    '%s is listed',
    (hostname) => {
      expect(isListed(domains, hostname)).toBe(true);
    },
  );

  it.each(['example', 'notevil.example', 'evil.example.com', 'evil', '', 'evil.example.'])(
    '%s is not',
    (hostname) => {
      expect(isListed(domains, hostname)).toBe(false);
    },
  );

  it('looks at a name of the longest length, and not at one that cannot be', () => {
    const longest = `${'a'.repeat(HOSTNAME_LENGTH_MAX - '.evil.example'.length)}.evil.example`;
    expect(isListed(domains, longest)).toBe(true);
    expect(isListed(domains, `a${longest}`)).toBe(false);
  });
});
