import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_LENGTH_MAX, unicodeLabels } from '../../src/inspection/url-punycode.ts';

describe('unicodeLabels', () => {
  it.each([
    ['example.com', ['example', 'com']],
    ['xn--mnchen-3ya.de', ['münchen', 'de']],
    ['xn--e1afmkfd.xn--p1ai', ['пример', 'рф']],
    ['xn--pple-43d.com', ['аpple', 'com']],
    ['xn--fiqs8s.xn--fiqs8s', ['中国', '中国']],
    ['www.xn--rksmrgs-5wao1o.se', ['www', 'räksmörgås', 'se']],
    ['xn--e28h.la', ['😀', 'la']],
    ['', ['']],
  ])('reads %s', (hostname, labels) => {
    expect(unicodeLabels(hostname)).toEqual(labels);
  });

  it.each([
    'xn--',
    'xn--a',
    'xn--99999999',
    'xn--mnchen-3y',
    'xn--m_nchen-3y%',
    'xn--zzzzzzzzzzzzzzzzzzzzzzzz',
  ])('gives some text for %s, which is broken or nothing', (label) => {
    expect(unicodeLabels(label)).toHaveLength(1);
  });

  it('keeps a label that is no sound punycode', () => {
    expect(unicodeLabels('xn--mnchen-3y.xn--99999999')).toEqual(['xn--mnchen-3y', 'xn--99999999']);
  });

  it('reads a label of the longest length, and keeps one that is longer', () => {
    const longest = `xn--${'a'.repeat(LABEL_LENGTH_MAX - 'xn--'.length - '-3ya'.length)}-3ya`;
    const longer = longest.replace('xn--', 'xn--a');
    expect(unicodeLabels(longest)).not.toEqual([longest]);
    expect(unicodeLabels(longer)).toEqual([longer]);
  });

  it('undoes what the platform does, for letters of any script', () => {
    const letters = fc.constantFrom(...Array.from('abcéßжѕλωאبكक中日ひ한😀'));
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 8 }), (word) => {
        const ascii = domainToASCII(word.join(''));
        fc.pre(ascii.startsWith('xn--'));
        expect(domainToASCII(unicodeLabels(ascii).join('.'))).toBe(ascii);
        expect(unicodeLabels(ascii)[0]).not.toBe(ascii);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (label) => {
        unicodeLabels(`xn--${label}`);
      }),
    );
  });
});
