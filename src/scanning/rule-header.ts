/** What a source says of its rules, without compiling it. */
import { yaraTokens, type YaraToken } from './yara-tokens.ts';

/** A value that YARA metadata can have. */
export type RuleMetadataValue = string | number | boolean;

/** One rule, as written. */
export interface RuleHeader {
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isGlobal: boolean;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, RuleMetadataValue>>;
  /** The words of its condition: rules, variables, modules, keywords. */
  readonly words: ReadonlySet<string>;
  /** From its first keyword to its closing brace, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** The rules of a source in order. It is total: what is no rule is passed over, and the engine says what is wrong with it. */
export function readRuleHeaders(source: string): RuleHeader[] {
  const tokens = new TokenCursor([...yaraTokens(source)]);
  const headers: RuleHeader[] = [];
  while (tokens.current !== undefined) {
    const header = readRule(tokens);
    if (header !== undefined) headers.push(header);
  }
  return headers;
}

class TokenCursor {
  readonly #tokens: readonly YaraToken[];
  #index = 0;

  constructor(tokens: readonly YaraToken[]) {
    this.#tokens = tokens;
  }

  get current(): YaraToken | undefined {
    return this.#tokens[this.#index];
  }

  /** Where the token before the current one ended. */
  get end(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  next(): YaraToken | undefined {
    const { current } = this;
    this.#index += 1;
    return current;
  }

  /** Takes the current token if it reads so. */
  take(text: string): boolean {
    if (this.current?.text !== text) return false;
    this.#index += 1;
    return true;
  }

  /** Takes the current token if it is a word that is not among `keywords`. */
  takeName(keywords: ReadonlySet<string>): string | undefined {
    const { current } = this;
    if (current?.kind !== 'word' || keywords.has(current.text)) return undefined;
    this.#index += 1;
    return current.text;
  }

  /** Takes words as long as they are among `accepted`, or any words. */
  takeWords(accepted?: ReadonlySet<string>): string[] {
    const words: string[] = [];
    while (this.current?.kind === 'word' && (accepted?.has(this.current.text) ?? true)) {
      words.push(this.current.text);
      this.#index += 1;
    }
    return words;
  }

  /** Gives back the tokens before the current one that are among `words`, each once. */
  giveBack(words: ReadonlySet<string>): void {
    const left = new Set(words);
    while (left.delete(this.#tokens[this.#index - 1]?.text ?? '')) this.#index -= 1;
  }
}

const MODIFIERS: ReadonlySet<string> = new Set(['private', 'global']);

/** What begins something new, so that a rule before it that is not closed ends there. */
const BEGINNINGS: ReadonlySet<string> = new Set(['rule', 'import', 'include']);

function readRule(tokens: TokenCursor): RuleHeader | undefined {
  const start = tokens.current?.start ?? 0;
  const modifiers = tokens.takeWords(MODIFIERS);
  if (!tokens.take('rule')) {
    tokens.next();
    return undefined;
  }
  const name = tokens.takeName(BEGINNINGS);
  if (name === undefined) return undefined;
  const tags = tokens.take(':') ? tokens.takeWords() : [];
  const metadata = tokens.take('{') ? readMetadata(tokens) : {};
  const words = readRest(tokens);
  return {
    name,
    isPrivate: modifiers.includes('private'),
    isGlobal: modifiers.includes('global'),
    tags,
    metadata,
    words,
    start,
    end: tokens.end,
  };
}

function readMetadata(tokens: TokenCursor): RuleHeader['metadata'] {
  const metadata = new Map<string, RuleMetadataValue>();
  if (!tokens.take('meta') || !tokens.take(':')) return {};
  for (;;) {
    const name = tokens.takeName(SECTIONS);
    if (name === undefined || !tokens.take('=')) break;
    const sign = tokens.take('-') ? -1 : 1;
    const value = metadataValue(tokens.current, sign);
    if (value === undefined) break;
    metadata.set(name, value);
    tokens.next();
  }
  return Object.fromEntries(metadata);
}

const SECTIONS: ReadonlySet<string> = new Set(['strings', 'condition']);

function metadataValue(token: YaraToken | undefined, sign: number): RuleMetadataValue | undefined {
  if (token === undefined) return undefined;
  const { kind, text } = token;
  if (kind === 'string') return unquote(text);
  if (kind === 'number') return sign * numberOf(text);
  return TRUTHS[text];
}

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, false: false };

const UNITS: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 * 1024 };

function numberOf(text: string): number {
  const unit = /(KB|MB)$/.exec(text)?.[0] ?? '';
  const digits = text.slice(0, text.length - unit.length).replaceAll('_', '');
  return Number(digits) * (UNITS[unit] ?? 1);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquote(text: string): string {
  const quotes = text.startsWith('"""') && text.length >= 6 ? 3 : 1;
  return text
    .slice(quotes, -quotes)
    .replaceAll(/\\(?:x([0-9a-fA-F]{2})|([^]))/g, (_, hex?: string, single?: string) =>
      hex === undefined ? (ESCAPES[single ?? ''] ?? single ?? '') : String.fromCharCode(parseInt(hex, 16)),
    );
}

/** Passes over the rest of a rule; gives the words of its condition. */
function readRest(tokens: TokenCursor): ReadonlySet<string> {
  const words = new Set<string>();
  let depth = 1;
  let isCondition = false;
  while (tokens.current !== undefined && depth > 0) {
    const { kind, text } = tokens.current;
    if (kind === 'word' && BEGINNINGS.has(text)) {
      tokens.giveBack(MODIFIERS);
      break;
    }
    tokens.next();
    depth += DEPTHS[text] ?? 0;
    if (isCondition && kind === 'word') words.add(text);
    isCondition ||= text === 'condition';
  }
  return words;
}

const DEPTHS: Readonly<Record<string, number>> = { '{': 1, '}': -1 };
