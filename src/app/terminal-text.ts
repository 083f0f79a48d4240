/**
 * What a terminal, or an editor behind it, takes for an order instead of a letter: control and format characters (bidi,
 * zero-width, tags), line and paragraph separators, private, unassigned and lone surrogates.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Hostile text, safe to print: what is unsafe is spelled `\u{202e}`, and a backslash is doubled so that none is faked. */
export function terminalText(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(UNSAFE, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** One line of JSON, safe to print: what is unsafe is escaped as JSON has it, so that it parses to the same value. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
