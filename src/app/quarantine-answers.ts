/** What the commands read of the answers of the admin API: no more than they show. */
import { z } from 'zod';

const act = z.looseObject({ atMs: z.number(), by: z.string(), why: z.string() });

/** A record in a list. */
export const RECORD_SUMMARY = z.looseObject({
  id: z.string(),
  atMs: z.number(),
  expiresAtMs: z.number(),
  direction: z.string(),
  pduType: z.string().optional(),
  severity: z.string(),
  state: z.string(),
  told: z.string(),
  bodyBytes: z.number(),
  contentHash: z.string(),
  sender: z.string().optional(),
  recipients: z.array(z.string()),
  approvals: z.array(z.string()),
  ended: act.optional(),
  decision: z.looseObject({
    profile: z.string(),
    action: z.string(),
    reasons: z.array(z.looseObject({ code: z.string(), entry: z.string(), isShadow: z.boolean() })),
  }),
});

/** A record in a list. */
export type ShownRecord = z.output<typeof RECORD_SUMMARY>;

/** A page of a list. */
export const RECORD_PAGE = z.looseObject({ items: z.array(RECORD_SUMMARY), next: z.string().optional() });

/** A record with what only some may see; for everybody else that is absent. */
export const FULL_RECORD = RECORD_SUMMARY.extend({
  contentType: z.string().optional(),
  envelope: z
    .looseObject({
      sender: z.string().optional(),
      from: z.string().optional(),
      recipients: z.array(z.string()),
    })
    .optional(),
  http: z.looseObject({ method: z.string(), authority: z.string(), path: z.string() }).optional(),
});

/** Any record. */
export type ShownFullRecord = z.output<typeof FULL_RECORD>;

/** How an act on one record ended. */
export const ACT_RESULT = z.looseObject({ kind: z.string() });

/** What came of scanning a record again. */
export const RESCAN_RESULT = z.looseObject({
  kind: z.string(),
  action: z.string(),
  reasons: z.array(z.string()),
});

/** A task. */
export const TASK = z.looseObject({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  total: z.number().optional(),
  done: z.number(),
  result: z.looseObject({
    counts: z.record(z.string(), z.number()).default({}),
    records: z.array(z.unknown()).default([]),
    recordsLeftOut: z.number().default(0),
    problems: z.array(z.string()).default([]),
  }),
});

/** A task. */
export type ShownTask = z.output<typeof TASK>;
