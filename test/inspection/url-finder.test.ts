import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { URL_LENGTH_MAX, urlsOf, type FoundUrl } from '../../src/inspection/url-finder.ts';

const found = (text: string): readonly FoundUrl[] => [...urlsOf(text)];
const links = (text: string): readonly string[] =>
  found(text)
    .filter(({ isLink }) => isLink)
    .map(({ spelling }) => spelling);

describe('urlsOf', () => {
  it.each<[string, string, string[]]>([
    ['an address', 'see http://example.com/a?b#c now', ['http://example.com/a?b#c']],
    ['an address at the end of a sentence', 'See https://example.com/a.', ['https://example.com/a']],
    ['an address in brackets', '(https://example.com/a)', ['https://example.com/a']],
    ['an address in quotes', '"http://a.example","joe@b.example"', ['http://a.example']],
    ['an address in CJK quotes', '「https://example.jp/a」。', ['https://example.jp/a']],
    ['any letters in the scheme', 'HtTpS://example.com', ['HtTpS://example.com']],
    ['a scheme in the middle of a word', 'xhttp://example.com', ['http://example.com']],
    ['slashes of either kind', 'http:\\\\example.com\\a', ['http:\\\\example.com\\a']],
    ['a user before the host', 'http://bank.example@evil.example/a', ['http://bank.example@evil.example/a']],
    ['a port', 'http://example.com:8080/a', ['http://example.com:8080/a']],
    ['an IPv6 address', 'http://[2001:db8::1]:80/a, b', ['http://[2001:db8::1]:80/a']],
    ['several', 'http://a.example http://b.example', ['http://a.example', 'http://b.example']],
    ['two in one', 'http://a.example/http://b.example', ['http://a.example/http://b.example']],
    ['a host that an emoji ends', 'https://example.com🎉 yes', ['https://example.com']],
    ['a path with emoji', 'https://example.com/👨‍👩‍👧 yes', ['https://example.com/👨‍👩‍👧']],
    ['a host that Chinese runs on behind', '请看https://example.com查看', ['https://example.com']],
    ['a host that Cyrillic runs on behind', 'https://example.comи', ['https://example.com']],
    ['a host in Cyrillic', 'https://пример.рф/путь', ['https://пример.рф/путь']],
    ['an invisible character inside', 'http://ex\u200Bample.com/a', ['http://ex\u200Bample.com/a']],
    ['an invisible character at the end', 'http://example.com\u200B \uFEFF', ['http://example.com']],
    ['a bare name', 'go to www.example.com now', ['www.example.com']],
    ['a bare name with a path', 'example.com/a?b=c.', ['example.com/a?b=c']],
    ['a bare name with a port', 'example.com:8080/a', ['example.com:8080/a']],
    ['a bare name behind a colon', 'Link:example.com', ['example.com']],
    ['a bare name behind a slash', 'either/example.com', ['example.com']],
    ['a bare name in another script', 'на пример.рф!', ['пример.рф']],
    ['a bare name behind a word of Han', '请看example.com谢谢', ['example.com']],
    ['a bare name between isolates', '\u2068example.com\u2069', ['example.com']],
    ['bare names with commas', 'a.example.com,b.example.com', ['a.example.com', 'b.example.com']],
    ['an IP address with a path', '192.0.2.1/login', ['192.0.2.1/login']],
    ['an IP address with a port and a path', '192.0.2.1:80/login', ['192.0.2.1:80/login']],
    ['a script', 'javascript:alert(1)', ['javascript:alert(1']],
    ['data', 'data:text/html,hello', ['data:text/html,hello']],
    ['a call', 'tel:*%23', ['tel:*%23']],
    ['an intent', 'intent://a/#Intent;end', ['intent://a/#Intent;end']],
    ['an app from outside the store', 'itms-services://?action=x', ['itms-services://?action=x']],
  ])('finds %s', (_, text, spellings) => {
    expect(links(text)).toEqual(spellings);
  });

  it.each([
    ['a mail address', 'joe.doe@example.com'],
    ['a version', 'v1.2.3.4'],
    ['an IP address that may be a version', '1.2.3.4 and 1.2.3.4/24'],
    ['a number', '1.299,00 or 12.05.2026'],
    ['abbreviations', 'e.g. U.S.A. a.m.'],
    ['dots', '... .. .'],
    ['a time before a word', '12:34 http'],
    ['a scheme alone', 'http:// https:// javascript: tel:'],
    ['a scheme inside a word', 'hotel:*1# metadata:text/html'],
    ['a scheme before a space', 'JavaScript: The Good Parts'],
    ['nothing', ''],
  ])('finds no link in %s', (_, text) => {
    expect(links(text)).toEqual([]);
  });

  it('tells scheme and body apart', () => {
    expect(found('HTTP:///a.example/b tel:1 a.de')).toEqual([
      { scheme: 'http', spelling: 'HTTP:///a.example/b', body: 'a.example/b', hasHost: true, isLink: true },
      { scheme: 'tel', spelling: 'tel:1', body: '1', hasHost: false, isLink: true },
      { scheme: 'none', spelling: 'a.de', body: 'a.de', hasHost: true, isLink: true },
    ]);
  });

  it('finds a name under an unknown top-level domain, too, which a list may have', () => {
    expect(found('home.The')).toEqual([
      { scheme: 'none', spelling: 'home.The', body: 'home.The', hasHost: true, isLink: false },
    ]);
  });

  it('takes a path of the longest length whole, and cuts one that is longer', () => {
    const longest = `http://example.com/${'a'.repeat(URL_LENGTH_MAX - 1)}`;
    expect(links(longest)).toEqual([longest]);
    expect(links(`${longest}b`)[0]).toBe(longest);
  });

  it('finds an address behind one that is too long', () => {
    expect(links(`http://a.example/${'a'.repeat(URL_LENGTH_MAX)}http://b.example`)).toContain(
      'http://b.example',
    );
  });

  it('looks at a bare name of the longest length, and not at one that is longer', () => {
    const longest = `${'a'.repeat(URL_LENGTH_MAX - '.com'.length)}.com`;
    expect(links(longest)).toEqual([longest]);
    expect(links(`a${longest}`)).toEqual([]);
  });

  it.each([
    ['schemes', 'http://'],
    ['schemes with letters', 'http://a,'],
    ['brackets', 'http://['],
    ['users', 'http://@'],
    ['names', 'a.co,'],
    ['names with ports', 'a.co:1,'],
    ['dots', 'a.'],
    ['mail addresses', 'a@'],
    ['invisible characters', 'a\u200B'],
    ['closing brackets', 'http://a/))))))))'],
  ])('gets through a flood of %s', (_, unit) => {
    // A search that looks back would take minutes: the time limit of the test is what fails.
    let length = 0;
    for (const { spelling } of urlsOf(unit.repeat(100_000))) length += spelling.length;
    expect(length).toBeLessThanOrEqual(unit.length * 100_000);
  });

  it('gives pieces of the text, in order and apart, whatever the text is', () => {
    const piece = fc.constantFrom(
      ...['http://', 'https:\\\\', 'tel:', 'a', '.', 'com', '/', '?', '@', ':', '[', ']', ' '],
    );
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 });
    fc.assert(
      fc.property(text, (pieces) => {
        const whole = pieces.join('');
        let from = 0;
        for (const { spelling, body } of urlsOf(whole)) {
          const at = whole.indexOf(spelling, from);
          expect(at).toBeGreaterThanOrEqual(from);
          expect(spelling.endsWith(body)).toBe(true);
          expect(body).not.toBe('');
          from = at + spelling.length;
        }
      }),
    );
  });
});
