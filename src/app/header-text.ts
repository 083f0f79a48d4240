/** The values of headers as text for people: one form for each kind of value that a PDU can hold. */
import { CHARSETS } from '../codec/charsets.ts';
import type { ContentType } from '../codec/content-type.ts';
import type { EncodedString } from '../codec/encoded-string.ts';
import type {
  CountedValue,
  ElementDescriptor,
  From,
  MboxAmount,
  MmFlags,
  PreviouslySent,
  TimeValue,
} from '../codec/mms-values.ts';
import type { Parameter } from '../codec/parameters.ts';

/** Octets of a value that are spelled out. */
const OCTETS_SHOWN = 64;

/** Every kind of value that a header of a PDU may have. */
export type HeaderValue =
  | string
  | number
  | Uint8Array
  | EncodedString
  | From
  | TimeValue
  | ContentType
  | CountedValue<string | number>
  | PreviouslySent<EncodedString | number>
  | MmFlags
  | MboxAmount
  | ElementDescriptor;

/** A value as text. It may hold any character that the message holds. */
export function headerText(value: HeaderValue): string {
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return octetsText(value);
  if ('text' in value) return encodedText(value);
  if ('mediaType' in value) return contentTypeText(value);
  if ('seconds' in value) return timeText(value);
  if ('hop' in value) return `${value.hop}: ${headerText(value.value)}`;
  if ('count' in value) return `${value.count} × ${headerText(value.value)}`;
  if ('unit' in value) return `${value.amount} ${value.unit}`;
  if ('keyword' in value) return `${value.action} ${encodedText(value.keyword)}`;
  if ('reference' in value) return withParameters(value.reference, value.parameters);
  return value.kind === 'address' ? encodedText(value.address) : value.kind;
}

/** Unix seconds as a date, or as they are where no calendar has it. */
export function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().replace('.000Z', 'Z');
}

/** A media type with its parameters, as a MIME header would have it. */
export function contentTypeText({ mediaType, parameters }: ContentType): string {
  return withParameters(mediaType, parameters);
}

function withParameters(head: string, parameters: readonly Parameter[]): string {
  return [head, ...parameters.map(({ name, value }) => `${name}=${parameterText(name, value)}`)].join('; ');
}

function parameterText(name: string, value: Parameter['value']): string {
  if (typeof value === 'object') return octetsText(value);
  if (typeof value === 'string') return JSON.stringify(value);
  return name === 'charset' ? charsetText(value) : String(value);
}

function encodedText({ text, charset }: EncodedString): string {
  return charset === undefined ? text : `${text} (${charsetText(charset)})`;
}

function charsetText(mibenum: number): string {
  return CHARSETS.get(mibenum)?.name ?? `MIBenum ${mibenum}`;
}

function timeText({ kind, seconds }: TimeValue): string {
  return kind === 'absolute' ? dateText(seconds) : `${seconds} s from reception`;
}

function octetsText(octets: Uint8Array): string {
  const shown = Buffer.from(octets.subarray(0, OCTETS_SHOWN)).toString('hex');
  return octets.length > OCTETS_SHOWN ? `0x${shown}… (${octets.length} octets)` : `0x${shown}`;
}
