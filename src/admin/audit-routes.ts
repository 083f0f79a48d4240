/** The audit log. */
import { z } from 'zod';
import type { AuditFilter } from '../storage/audit-log.ts';
import { json, storageRoute } from './admin-route.ts';
import { storeError } from './api-error.ts';
import {
  ADDRESS_CHARACTERS_MAX,
  CODE_CHARACTERS_MAX,
  lineOfText,
  listed,
  PAGE_SHAPE,
  SPAN_SHAPE,
  spanned,
  type Listing,
} from './page-query.ts';
import { pageAnswer } from './store-answer.ts';

const QUERY = z
  .strictObject({
    ...SPAN_SHAPE,
    by: lineOfText(CODE_CHARACTERS_MAX).exactOptional().describe('Name of the token'),
    act: lineOfText(CODE_CHARACTERS_MAX).exactOptional().describe('As `quarantine.release`'),
    target: lineOfText(ADDRESS_CHARACTERS_MAX).exactOptional().describe('Id that it was done to'),
    ...PAGE_SHAPE,
  })
  .transform((asked): Listing<AuditFilter> => listed(spanned(asked)));

const KNOWN = z
  .strictObject({
    number: z.int().min(1),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .toLowerCase(),
  })
  .exactOptional()
  .describe('An entry that is known from elsewhere: it shows an end that was cut off');

/** `/audit`. */
export const AUDIT_ROUTES = [
  storageRoute({
    method: 'get',
    path: '/api/v1/audit',
    tag: 'audit',
    summary: 'Who did what, the newest first',
    role: 'admin',
    query: QUERY,
    answers: { 200: 'A page of entries' },
    errors: ['bad-cursor'],
    handle: async ({ query: { filter, page } }, { audit }) => pageAnswer(await audit.list(filter, page)),
  }),
  storageRoute({
    method: 'post',
    path: '/api/v1/audit/verify',
    tag: 'audit',
    summary: 'Follows the chain of the log from its beginning, and says whether it is whole',
    role: 'admin',
    body: z.strictObject({ known: KNOWN }),
    answers: { 200: 'Intact, or broken at which entry' },
    errors: [],
    handle: async ({ body: { known } }, { audit }) => {
      const verdict = await audit.verify(known);
      return verdict.kind === 'failed' ? storeError(verdict) : json(verdict);
    },
  }),
];
