/** Filters of lists, as the API takes them and as the stores do. */
import { z } from 'zod';
import { SEVERITIES } from '../inspection/finding.ts';
import { POLICY_ACTIONS } from '../policy/policy-settings.ts';
import { MESSAGE_ENDS, type TrackFilter } from '../storage/message-track.ts';
import { HELD_STATES, type RecordFilter } from '../storage/quarantine-store.ts';
import type { AuditDetail } from './admin-route.ts';
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

/** Keys that records and tracked messages are both looked for by. */
const MESSAGE_SHAPE = {
  ...SPAN_SHAPE,
  direction: z.enum(['outbound', 'inbound']).exactOptional().describe('The way that it went'),
  number: lineOfText(ADDRESS_CHARACTERS_MAX)
    .exactOptional()
    .describe('Number or address of the sender or a recipient; needs the role analyst'),
  pseudonym: lineOfText(CODE_CHARACTERS_MAX)
    .exactOptional()
    .describe('Pseudonym of the sender or a recipient'),
  reason: lineOfText(CODE_CHARACTERS_MAX)
    .exactOptional()
    .describe('`namespace:rule`, or code of a finding or gap'),
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be a SHA-256 in hexadecimal')
    .toLowerCase()
    .exactOptional()
    .describe('SHA-256 of the body, in hexadecimal'),
};

const RECORD_SHAPE = {
  ...MESSAGE_SHAPE,
  state: z.enum(HELD_STATES).exactOptional().describe('Where it stands'),
  severity: z.enum(SEVERITIES).exactOptional().describe('The worst of what was found'),
};

const TRACK_SHAPE = {
  ...MESSAGE_SHAPE,
  end: z.enum(MESSAGE_ENDS).exactOptional().describe('How it ended'),
  action: z.enum(POLICY_ACTIONS).exactOptional().describe('What the policy said'),
};

/** A filter of records, as it stands in a body. */
export const RECORD_FILTER = z.strictObject(RECORD_SHAPE).transform((asked): RecordFilter => spanned(asked));

/** A query for records. */
export const RECORD_QUERY = z
  .strictObject({ ...RECORD_SHAPE, ...PAGE_SHAPE })
  .transform((asked): Listing<RecordFilter> => listed(spanned(asked)));

/** A query for tracked messages. */
export const TRACK_QUERY = z
  .strictObject({ ...TRACK_SHAPE, ...PAGE_SHAPE })
  .transform((asked): Listing<TrackFilter> => listed(spanned(asked)));

/** A query for how many messages ended how. */
export const COUNT_QUERY = z.strictObject(TRACK_SHAPE).transform((asked): TrackFilter => spanned(asked));

/** What the audit log keeps of a filter: a plain number only as such. */
export function auditedFilter(filter: RecordFilter | TrackFilter): AuditDetail {
  const { number, ...others } = filter;
  return { ...others, ...(number !== undefined && { number: 'given' }) };
}
