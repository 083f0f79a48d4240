/** What a client says that it accepts, in the headers Accept-Language and Accept-Charset (RFC 9110, 12.4.2, 12.5). */

/** One value of such a header, in lower case, and how much it is wanted. */
export interface AcceptedValue {
  readonly value: string;
  /** From 0, which is not at all, to 1. */
  readonly quality: number;
}

/** Values of one header that are read; people write five. */
export const ACCEPTED_VALUES_MAX = 32;

const VALUE = /^([a-z0-9*][a-z0-9*._:+-]*)(?:\s*;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/** The values of a header, those most wanted first, equal ones in their order. What breaks the grammar is left out. */
export function acceptedValues(header: string | undefined): readonly AcceptedValue[] {
  const items = (header ?? '').toLowerCase().split(',', ACCEPTED_VALUES_MAX);
  const values = items.flatMap((item) => {
    const [, value, quality = '1'] = VALUE.exec(item.trim()) ?? [];
    return value === undefined ? [] : [{ value, quality: Number(quality) }];
  });
  return values.toSorted((one, other) => other.quality - one.quality);
}
