/**
 * The line format that vCard, vCalendar, iCalendar and iMelody share (vCard 2.1, RFC 6350 3.2, RFC 5545 3.1), read as
 * the most lenient of handsets reads it.
 */
import type { Octets } from './octets.ts';

/** Octets that are read; the rest is not looked at (threats, 6.4). */
export const CARD_OCTETS_MAX = 1024 * 1024;

/** Octets of a line with its continuations; only the value of a picture or a sound is longer (threats, 6.4). */
export const CARD_LINE_OCTETS_MAX = 8 * 1024;

/** One property with its continuation lines joined. */
export interface CardLine {
  /** Where its first line begins. */
  readonly offset: number;
  /** Upper case, without a group (`item1.`). */
  readonly name: string;
  /** All parameters, upper case, each behind a semicolon. */
  readonly parameters: string;
  /** The beginning of the value, decoded, without white space before it; at most `CARD_LINE_OCTETS_MAX`. */
  readonly value: string;
  /** Octets of the whole property without line ends. */
  readonly length: number;
}

/** One character for each octet; everything that is compared is ASCII. */
const LATIN1 = new TextDecoder('latin1');

interface OpenLine {
  readonly offset: number;
  head: string;
  length: number;
}

/** The properties in order. It takes time linear in the octets. */
export function* cardLinesOf(octets: Octets): Generator<CardLine> {
  const text = LATIN1.decode(octets.bytes.subarray(0, CARD_OCTETS_MAX));
  let open: OpenLine | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (open !== undefined && continues(open, line)) {
      append(open, line.replace(/^[ \t]/, ''));
    } else {
      if (open !== undefined) yield propertyOf(open);
      open = { offset: index, head: '', length: 0 };
      append(open, line);
    }
  }
  if (open !== undefined) yield propertyOf(open);
}

/** No property is without a colon: base64 goes on without an indent in cards of old handsets. */
function continues({ head }: OpenLine, line: string): boolean {
  return /^[ \t]/.test(line) || !line.includes(':') || isSoftBreak(head);
}

/** The `=` at the end of a line of quoted-printable, which joins it to the next (RFC 2045, 6.7). */
function isSoftBreak(head: string): boolean {
  return head.endsWith('=') && QUOTED_PRINTABLE.test(head);
}

const QUOTED_PRINTABLE = /QUOTED-PRINTABLE/i;

function append(open: OpenLine, line: string): void {
  const head = isSoftBreak(open.head) ? open.head.slice(0, -1) : open.head;
  open.head = head + line.slice(0, Math.max(0, CARD_LINE_OCTETS_MAX - head.length));
  open.length += line.length;
}

function propertyOf({ offset, head, length }: OpenLine): CardLine {
  const colon = colonOf(head);
  const [name = '', ...parameters] = head.slice(0, colon).toUpperCase().split(';');
  const joined = parameters.map((parameter) => `;${parameter.trim()}`).join('');
  return {
    offset,
    name: name.slice(name.lastIndexOf('.') + 1).trim(),
    parameters: joined,
    value: decoded(head.slice(colon + 1), joined),
    length,
  };
}

/** The colon before the value: the first that is not quoted, or the first where the quotes do not end. */
function colonOf(head: string): number {
  let isQuoted = false;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] === '"') isQuoted = !isQuoted;
    else if (head[at] === ':' && !isQuoted) return at;
  }
  const first = head.indexOf(':');
  return first < 0 ? head.length : first;
}

/** Quoted-printable and the escapes of colons and the like undone. */
function decoded(value: string, parameters: string): string {
  const plain = QUOTED_PRINTABLE.test(parameters)
    ? value.replaceAll(/=([0-9a-f]{2})/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : value;
  return plain.replaceAll(/\\([\\,;:])/g, '$1').trimStart();
}
