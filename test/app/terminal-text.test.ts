import { describe, expect, it } from 'vitest';
import { terminalJson, terminalText } from '../../src/app/terminal-text.ts';

const HOSTILE = '\u001b[2J\u202egpj.exe\u200b\u2028\n\u0007';

describe('text for a terminal', () => {
  it.each([
    ['plain ümläut 你好', 'plain ümläut 你好'],
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\\u{1b}', '\\\\u{1b}'],
    ['\ud800', '\\u{d800}'],
  ])('%j is shown as %s', (text, expected) => {
    expect(terminalText(text)).toBe(expected);
  });

  it('has no character that a terminal obeys', () => {
    expect(terminalText(HOSTILE)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });
});

describe('JSON for a terminal', () => {
  it('has no character that a terminal obeys, and parses to the same value', () => {
    const value = { name: HOSTILE, list: ['\u{e0041}', '\\'] };
    const json = terminalJson(value);
    expect(json).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(json)).toEqual(value);
  });
});
