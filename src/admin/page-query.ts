/** What many queries have in common: pages, times and texts. */
import { z } from 'zod';

/** Items of one page at most, and when nobody says. */
export const PAGE_ITEMS_MAX = 500;
/** Items of a page when nobody says. */
export const PAGE_ITEMS_DEFAULT = 50;
/** Characters of a cursor. */
export const CURSOR_CHARACTERS_MAX = 512;
/** Characters of a number or an address: RFC 5321 4.5.3.1 has 254 for a path. */
export const ADDRESS_CHARACTERS_MAX = 320;
/** Characters of a code, a rule, or a name. */
export const CODE_CHARACTERS_MAX = 256;
/** Characters of a reason that a person gives. */
export const WHY_CHARACTERS_MAX = 500;

/** A text of one line, which every database and terminal takes; `text` is what is done to it before. */
export function lineOfText(charactersMax: number, text = z.string()) {
  return text
    .max(charactersMax)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be at least one character, without control characters');
}

/** Why a person does something; the audit log keeps it. */
export const WHY = lineOfText(WHY_CHARACTERS_MAX, z.string().trim()).describe(
  'Why; the audit log keeps it. It should name no number',
);

const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
/** No year and no date without dashes: taken for milliseconds of 1970, they would fit everything. */
const MILLISECONDS = /^(0|\d{12,15})$/;

/** A time: ISO 8601 with its zone, a date in UTC, or Unix milliseconds. It becomes Unix milliseconds. */
export const TIME = z
  .union([z.string(), z.int().min(0)])
  .transform((value, context) => {
    const text = String(value);
    const ms = MILLISECONDS.test(text) ? Number(text) : ISO_TIME.test(text) ? Date.parse(text) : NaN;
    if (!Number.isNaN(ms)) return ms;
    context.addIssue({ code: 'custom', message: 'must be 2026-11-24T08:00Z, a date, or Unix milliseconds' });
    return z.NEVER;
  })
  .describe('ISO 8601 with its zone, a date in UTC, or Unix milliseconds');

/** Keys of every query for a list. */
export const PAGE_SHAPE = {
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(PAGE_ITEMS_MAX))
    .prefault(String(PAGE_ITEMS_DEFAULT))
    .describe(`Items of the page, from 1 to ${PAGE_ITEMS_MAX}; ${PAGE_ITEMS_DEFAULT} when absent`),
  cursor: lineOfText(CURSOR_CHARACTERS_MAX)
    .exactOptional()
    .describe('`next` of the page before; absent: the newest'),
};

/** Keys of every filter by time. */
export const SPAN_SHAPE = {
  from: TIME.exactOptional().describe('At this time or later'),
  to: TIME.exactOptional().describe('Before this time'),
};

/** A filter and a page, as the stores take them. */
export interface Listing<Filter> {
  readonly filter: Filter;
  readonly page: { readonly limit: number; readonly cursor?: string };
}

/** A filter with its times as the stores name them. */
export type Spanned<Asked> = Omit<Asked, 'from' | 'to'> & {
  readonly fromMs?: number;
  readonly toMs?: number;
};

/** Renames `from` and `to`. */
export function spanned<Asked extends { readonly from?: number; readonly to?: number }>(
  asked: Asked,
): Spanned<Asked> {
  const { from, to, ...filter } = asked;
  return { ...filter, ...(from !== undefined && { fromMs: from }), ...(to !== undefined && { toMs: to }) };
}

/** Takes the keys of a page out of a query; what is left is the filter. */
export function listed<Asked extends { readonly limit: number; readonly cursor?: string }>(
  asked: Asked,
): Listing<Omit<Asked, 'limit' | 'cursor'>> {
  const { limit, cursor, ...filter } = asked;
  return { filter, page: { limit, ...(cursor !== undefined && { cursor }) } };
}
