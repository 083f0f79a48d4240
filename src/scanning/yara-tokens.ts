/**
 * The tokens of the YARA language as YARA-X reads them (its parser/src/tokenizer): the engine lists no rules, and we
 * must know what is in a file before we compile it. A slash always begins a comment or a regular expression, because
 * division is a backslash; so no context is needed.
 */

/** One token: what it is, and where it stands in UTF-16 code units. */
export interface YaraToken {
  readonly kind: 'word' | 'pattern' | 'number' | 'string' | 'regex' | 'punctuation' | 'unknown';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** White space and comments; an unclosed comment runs to the end. */
const SKIPPED = /(?:\s+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$(?![^])))*/y;

/** In the order in which they are tried. None of them can backtrack: each step takes what the next does not. */
const TOKENS: readonly (readonly [YaraToken['kind'], RegExp])[] = [
  ['word', /[A-Za-z_]\w*/y],
  ['pattern', /[$#@!]\w+|[$#@]/y],
  ['number', /\d\w*(?:\.\d\w*)?/y],
  ['string', /"""(?:\\[^]|[^"\\])*"""|"(?:\\[^\n]|[^"\\\n])*"/y],
  ['regex', /\/(?:\\[^\n]|[^*/\\\n])(?:\\[^\n]|[^\\/\n])*\/[A-Za-z]{0,2}/y],
  ['punctuation', /[{}()[\]:=.,*+\-%|^~<>&!\\?]/y],
  ['unknown', /[^]/y],
];

/** The tokens of a source, comments left out. Total: what is no token is `unknown`, one code unit each. */
export function* yaraTokens(source: string): Generator<YaraToken> {
  let position = skip(source, 0);
  while (position < source.length) {
    const token = tokenAt(source, position);
    yield token;
    position = skip(source, token.end);
  }
}

function skip(source: string, position: number): number {
  SKIPPED.lastIndex = position;
  return position + (SKIPPED.exec(source)?.[0].length ?? 0);
}

function tokenAt(source: string, start: number): YaraToken {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = start;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, start, end: start + text.length };
  }
  throw new Error('the last token is any code unit');
}
