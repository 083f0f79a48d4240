/** What subscribers read: in which language, in which charset, and with which words filled in. */
import { MIBENUM, mibenumOf } from '../codec/charsets.ts';
import { encodeCharset } from '../codec/text.ts';
import { acceptedValues, type AcceptedValue } from './accepted-values.ts';

/** Refused for good; try again later; a part was taken out; held until somebody has looked at it. */
export const TEXT_KEYS = ['refused', 'tryLater', 'stripped', 'held'] as const;

/** One of `TEXT_KEYS`. */
export type TextKey = (typeof TEXT_KEYS)[number];

/** The texts of one language. They may hold `{time}` and `{reference}`, and nothing of a message. */
export type TextTemplates = Readonly<Record<TextKey, string>>;

/** Texts in the language that is taken where no other is known to be right, and in others. */
export interface TextSettings extends TextTemplates {
  /** Of the texts beside it; a tag in lower case (RFC 5646). */
  readonly language: string;
  /** Texts by language tag, in lower case. */
  readonly languages: Readonly<Record<string, TextTemplates>>;
  /** Language tags by what the numbers begin with, with their plus. */
  readonly byPrefix: Readonly<Record<string, string>>;
}

/** What is known of those who will read a text. */
export interface TextReader {
  /** Header of the request of the handset that reads it; undefined where another handset will. */
  readonly acceptLanguage: string | undefined;
  readonly acceptCharset: string | undefined;
  /** As MMS or a gateway writes them; of several the language is taken only when it is that of all. */
  readonly numbers: readonly string[];
}

/** What a text may tell. */
export interface TextFacts {
  /** Unix milliseconds. */
  readonly nowMs: number;
  /** By which a help desk finds what became of the message. */
  readonly reference: string;
}

/** Texts in one language, with everything filled in, and the charset to write each in (MIBenum). */
export type ReplyTexts = Readonly<Record<TextKey, SubscriberText>>;

/** A text and the charset to write it in, which can hold it. */
export interface SubscriberText {
  readonly text: string;
  readonly charset: number;
}

/**
 * The texts for a reader: in the language that the handset asks for, else in that of the number's prefix, else in the
 * language of the settings; in UTF-8, unless the handset excludes it and the text fits into US-ASCII or ISO-8859-1. Pure.
 */
export function textsFor(settings: TextSettings, reader: TextReader, facts: TextFacts): ReplyTexts {
  const templates = templatesOf(settings, languageFor(settings, reader)) ?? settings;
  const takesUtf8 = acceptsUtf8(acceptedValues(reader.acceptCharset));
  const texts = TEXT_KEYS.map((key) => {
    const text = filledIn(templates[key], facts);
    return [key, { text, charset: takesUtf8 ? MIBENUM.utf8 : narrowCharset(text) }];
  });
  return Object.fromEntries(texts) as ReplyTexts;
}

/** The language of `reader`, always one that there are texts in. */
export function languageFor(settings: TextSettings, { acceptLanguage, numbers }: TextReader): string {
  for (const { value, quality } of acceptedValues(acceptLanguage)) {
    const language = quality > 0 ? lookUp(settings, value) : undefined;
    if (language !== undefined) return language;
  }
  const [first, ...others] = new Set(numbers.map((number) => languageOfNumber(settings, number)));
  return others.length > 0 || first === undefined ? settings.language : first;
}

/** A tag, or what is left when its ends are cut off one after the other (RFC 4647, 3.4). */
function lookUp(settings: TextSettings, range: string): string | undefined {
  for (let tag = range; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (templatesOf(settings, tag) !== undefined) return tag;
  }
  return undefined;
}

function templatesOf(settings: TextSettings, language: string): TextTemplates | undefined {
  if (language === settings.language) return settings;
  return Object.hasOwn(settings.languages, language) ? settings.languages[language] : undefined;
}

/** Digits with their country code, as E.164 has them: with a plus, and bare as gateways write them. */
const NUMBER = /^(?:tel:)?\+?([1-9]\d{1,14})(?:\/type=plmn)?$/i;

function languageOfNumber({ language, byPrefix }: TextSettings, number: string): string {
  const digits = NUMBER.exec(number.trim())?.[1] ?? '';
  for (let length = digits.length; length > 0; length -= 1) {
    const prefix = `+${digits.slice(0, length)}`;
    if (Object.hasOwn(byPrefix, prefix)) return byPrefix[prefix] ?? language;
  }
  return language;
}

/** A client that names charsets and not UTF-8, nor any, does not accept it. */
function acceptsUtf8(accepted: readonly AcceptedValue[]): boolean {
  const named = accepted.find(({ value }) => mibenumOf(value) === MIBENUM.utf8);
  const any = accepted.find(({ value }) => value === '*');
  return accepted.length === 0 || ((named ?? any)?.quality ?? 0) > 0;
}

/** ISO-8859-1 is accepted by every client that does not exclude it (RFC 2616, 14.2). */
function narrowCharset(text: string): number {
  const narrow = [MIBENUM.usAscii, LATIN_1].find((charset) => encodeCharset(text, charset) !== undefined);
  return narrow ?? MIBENUM.utf8;
}

const LATIN_1 = 4;

/** The placeholders of texts. */
export const PLACEHOLDER = /\{(time|reference)\}/g;

/** Once only: what is filled in is not looked at again. */
function filledIn(template: string, { nowMs, reference }: TextFacts): string {
  const time = `${new Date(nowMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return template.replace(PLACEHOLDER, (_, name) => (name === 'time' ? time : reference));
}
