import type { FieldKey } from '../codec/mms-fields.ts';
import type { DecodedPdu, HeaderSpan } from '../codec/pdu-types.ts';
import { startsSpelledHeader } from '../codec/spelled-header.ts';
import { dateText, headerText, type HeaderValue } from './header-text.ts';

/** One header. Offsets count octets from the start of the file. */
export interface HeaderReport {
  readonly offset: number;
  readonly end: number;
  /** The name in the specification, or of an application header; the octet in hexadecimal where there is none. */
  readonly name: string;
  readonly value: string;
}

/** What stands for the value of a header that a later one of its name replaces. */
const REPLACED = '(replaced by a later one)';

const SKIPPED = '(starts no header; skipped)';

/** The headers of a PDU in wire order. The PDU begins at `pduOffset` of the file. */
export function headerReports(
  { pdu, layout }: DecodedPdu,
  bytes: Uint8Array,
  pduOffset: number,
): readonly HeaderReport[] {
  const known = new KnownValues(pdu, layout);
  const others = new OtherValues(pdu);
  return layout.map(({ key, name, offset, end }) => ({
    offset: offset + pduOffset,
    end: end + pduOffset,
    name,
    value: key === undefined ? others.take(bytes[offset + pduOffset] ?? 0) : known.take(key),
  }));
}

/** Hands out the values of headers that MMS knows, in the order in which they stood. */
class KnownValues {
  readonly #pdu: DecodedPdu['pdu'];
  /** Headers of each key that are still to come. */
  readonly #left = new Map<FieldKey, number>();

  constructor(pdu: DecodedPdu['pdu'], layout: readonly HeaderSpan[]) {
    this.#pdu = pdu;
    for (const { key } of layout) if (key !== undefined) this.#left.set(key, this.#leftOf(key) + 1);
  }

  take(key: FieldKey): string {
    const left = this.#leftOf(key) - 1;
    this.#left.set(key, left);
    if (key === 'messageType') return left > 0 ? REPLACED : this.#pdu.type;
    const held: HeaderValue | readonly HeaderValue[] | undefined = this.#pdu.headers[key];
    if (isList(held)) return textOf(key, held[held.length - 1 - left]);
    return left > 0 ? REPLACED : textOf(key, held);
  }

  #leftOf(key: FieldKey): number {
    return this.#left.get(key) ?? 0;
  }
}

/** Hands out the values of application and unknown headers; each kind stands in wire order. */
class OtherValues {
  readonly #texts: IterableIterator<{ readonly value: string }>;
  readonly #unknown: IterableIterator<{ readonly value: Uint8Array }>;

  constructor({ applicationHeaders, unknownHeaders }: DecodedPdu['pdu']) {
    this.#texts = applicationHeaders.values();
    this.#unknown = unknownHeaders.values();
  }

  /** The value of the header that begins with this octet. */
  take(firstOctet: number): string {
    if (firstOctet < 0x80 && !startsSpelledHeader(firstOctet)) return SKIPPED;
    const next = firstOctet < 0x80 ? this.#texts.next() : this.#unknown.next();
    return next.done === true ? '' : headerText(next.value.value);
  }
}

function isList(held: HeaderValue | readonly HeaderValue[] | undefined): held is readonly HeaderValue[] {
  return Array.isArray(held);
}

const DATES: ReadonlySet<FieldKey> = new Set(['date']);

function textOf(key: FieldKey, value: HeaderValue | undefined): string {
  if (value === undefined) return '';
  return DATES.has(key) && typeof value === 'number' ? dateText(value) : headerText(value);
}
