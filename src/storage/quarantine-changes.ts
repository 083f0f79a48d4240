/** The statements that change the quarantine. Each list is one transaction; none depends on what was read before. */
import type { Keyring } from './keyring.ts';
import {
  bodyKeyOf,
  contentHashOf,
  sealedBody,
  sealedDetails,
  shownText,
  urlKeyOf,
} from './quarantine-rows.ts';
import { CLAIM_MS, type HeldState, type NewRecord, type RecordAct } from './quarantine-store.ts';
import { octetsValue } from './quarantine-tables.ts';
import type { SqlDatabase, SqlStatement, SqlValue } from './sql-database.ts';
import { storableText } from './storable-text.ts';

/** What may be held. */
export interface QuarantineLimits {
  readonly recordsMax: number;
  /** Octets of bodies, equal ones once. */
  readonly bytesMax: number;
}

/** What a record is written with. */
export interface HoldParts {
  readonly dialect: SqlDatabase['dialect'];
  readonly limits: QuarantineLimits;
  readonly keyring: Keyring;
  readonly pseudonymOf: (number: string) => string;
}

/** Terms of one record: recipients and reasons beyond are not found by it. */
export const TERMS_MAX = 1000;

/** What a record is looked for by when it has the pseudonym. */
export function pseudonymTerm(pseudonym: string): string {
  return storableText(`number:${pseudonym}`);
}

/** What a record is looked for by when it has the reason. */
export function reasonTerm(reason: string): string {
  return storableText(`reason:${reason}`);
}

/** A statement with a value for each `?`. */
export function statement(sql: string, ...values: readonly SqlValue[]): SqlStatement {
  return { sql, values };
}

/** Where the rows of a record come from: nowhere unless it was counted. */
const IF_COUNTED = 'FROM quarantine_totals WHERE last_id = ?';

/** Octets that a body adds. */
const ADDED = 'CASE WHEN EXISTS (SELECT 1 FROM quarantine_bodies WHERE body_key = ?) THEN 0 ELSE ? END';

/**
 * In PostgreSQL a statement sees what was there when it began, even when it then waits for another transaction. So the
 * totals are locked by a statement of their own: what follows sees everything that others have done to the quarantine.
 */
const LOCK_TOTALS = statement("UPDATE quarantine_totals SET last_id = ''");

/**
 * Counts the record, if the limits let it and it is not there, and writes what was counted. The second statement gives a
 * row when it is counted; the last one says how things stand: `held` and `bytes`, and whether the record was `known`. An
 * inbound message that is held already, of the same URL, is not held again: its handset asks again and again.
 */
export function holdStatements(record: NewRecord, parts: HoldParts): readonly SqlStatement[] {
  const { limits, keyring } = parts;
  const { id, body, http } = record;
  const contentHash = contentHashOf(body);
  const bodyKey = bodyKeyOf(contentHash, keyring);
  const sealed = sealedBody(body, contentHash, keyring);
  const urlKey = urlKeyOf(http.authority, http.path);
  const known = [id, record.direction, urlKey, bodyKey];
  return [
    LOCK_TOTALS,
    statement(
      `UPDATE quarantine_totals SET held = held + 1, bytes = bytes + (${ADDED}), last_id = ?
       WHERE held < ? AND bytes + (${ADDED}) <= ? AND NOT EXISTS (${KNOWN}) RETURNING held`,
      ...[bodyKey, body.length, id, limits.recordsMax],
      ...[bodyKey, body.length, limits.bytesMax, ...known],
    ),
    statement(
      `INSERT INTO quarantine_bodies (body_key, body, bytes, uses)
       SELECT CAST(? AS TEXT), ${octetsValue(parts.dialect)}, CAST(? AS BIGINT), 1 ${IF_COUNTED}
       ON CONFLICT (body_key) DO UPDATE SET uses = quarantine_bodies.uses + 1`,
      ...[bodyKey, sealed, body.length, id],
    ),
    recordStatement(record, { ...parts, contentHash, bodyKey, urlKey }),
    ...termStatements(record, parts),
    statement(
      `SELECT held, bytes, CASE WHEN EXISTS (${KNOWN}) THEN 1 ELSE 0 END AS known FROM quarantine_totals`,
      ...known,
    ),
  ];
}

const KNOWN = `SELECT 1 FROM quarantine WHERE id = ?
  OR (direction = ? AND direction = 'inbound' AND url_key = ? AND body_key = ? AND state = 'held')`;

function recordStatement(
  record: NewRecord,
  parts: HoldParts & { readonly contentHash: string; readonly bodyKey: string; readonly urlKey: string },
): SqlStatement {
  const { id, atMs, expiresAtMs, direction, severity, body } = record;
  const { contentHash, bodyKey, urlKey, keyring, pseudonymOf } = parts;
  const columns: readonly (readonly [string, string, SqlValue])[] = [
    ['id', 'TEXT', id],
    ['at_ms', 'BIGINT', atMs],
    ['expires_at_ms', 'BIGINT', expiresAtMs],
    ['direction', 'TEXT', direction],
    ['severity', 'TEXT', severity],
    ['content_hash', 'TEXT', contentHash],
    ['body_bytes', 'BIGINT', body.length],
    ['body_key', 'TEXT', bodyKey],
    ['url_key', 'TEXT', urlKey],
    ['shown', 'TEXT', shownText(record, pseudonymOf)],
  ];
  const values = columns.map(([, type]) => `CAST(? AS ${type})`);
  return statement(
    `INSERT INTO quarantine (${columns.map(([name]) => name).join(', ')}, sealed, state, is_counted, has_body)
     SELECT ${values.join(', ')}, ${octetsValue(parts.dialect)}, 'held', 1, 1 ${IF_COUNTED}`,
    ...columns.map(([, , value]) => value),
    sealedDetails(record, contentHash, keyring),
    id,
  );
}

function termStatements(record: NewRecord, { pseudonymOf }: HoldParts): readonly SqlStatement[] {
  const { id, atMs, envelope, decision } = record;
  const numbers = [envelope.sender, ...envelope.recipients].filter((number) => number !== undefined);
  const terms = new Set([
    ...decision.reasons.map(({ code }) => reasonTerm(code)),
    ...record.gaps.map(({ code }) => reasonTerm(code)),
    ...numbers.map((number) => pseudonymTerm(pseudonymOf(number))),
  ]);
  return [...terms].slice(0, TERMS_MAX).map((term) =>
    statement(
      `INSERT INTO quarantine_terms (term, at_ms, id)
         SELECT CAST(? AS TEXT), CAST(? AS BIGINT), id FROM quarantine
         WHERE id = ? AND EXISTS (SELECT 1 ${IF_COUNTED})`,
      ...[term, atMs, id, id],
    ),
  );
}

/** Gives a row when the record was claimed. */
export function claimStatement(id: string, atMs: number): SqlStatement {
  return statement(
    `UPDATE quarantine SET claimed_at_ms = ? WHERE id = ? AND state = 'held'
     AND (claimed_at_ms IS NULL OR claimed_at_ms < ?) RETURNING id`,
    ...[atMs, id, atMs - CLAIM_MS],
  );
}

/** Gives a row when the record was held. */
export function unclaimStatement(id: string): SqlStatement {
  return statement(
    "UPDATE quarantine SET claimed_at_ms = NULL WHERE id = ? AND state = 'held' RETURNING id",
    id,
  );
}

/** How a record stands: `state`, and whether it `is_claimed`. */
export function standingStatement(id: string): SqlStatement {
  return statement(
    'SELECT state, CASE WHEN claimed_at_ms IS NULL THEN 0 ELSE 1 END AS is_claimed FROM quarantine WHERE id = ?',
    id,
  );
}

/** Ends `held`; the first statement gives a row when it did. Then the record is counted no more, and its body is wiped. */
export function endStatements(
  id: string,
  state: Exclude<HeldState, 'held'>,
  { atMs, by, why }: RecordAct,
): readonly SqlStatement[] {
  const needed =
    state === 'released' ? 'claimed_at_ms IS NOT NULL' : '(claimed_at_ms IS NULL OR claimed_at_ms < ?)';
  const values = state === 'released' ? [] : [atMs - CLAIM_MS];
  return [
    statement(
      `UPDATE quarantine SET state = ?, claimed_at_ms = NULL, ended_at_ms = ?, ended_by = ?, ended_why = ?
       WHERE id = ? AND state = 'held' AND ${needed} RETURNING id`,
      ...[state, atMs, storableText(by), storableText(why, WHY_MAX), id, ...values],
    ),
    statement(
      `UPDATE quarantine_totals SET held = held -
       (SELECT COUNT(*) FROM quarantine WHERE id = ? AND is_counted = 1 AND state <> 'held')`,
      id,
    ),
    statement("UPDATE quarantine SET is_counted = 0 WHERE id = ? AND state <> 'held'", id),
    ...(state === 'released' ? [] : wipeStatements(id, ['deleted', 'expired'])),
  ];
}

/** UTF-16 units of a reason. */
export const WHY_MAX = 4096;

/** Takes a record's body away, if it is in one of these states, and wipes the body when nothing else needs it. */
export function wipeStatements(id: string, states: readonly HeldState[]): readonly SqlStatement[] {
  const bodyKey = '(SELECT body_key FROM quarantine WHERE id = ?)';
  const isWiped = `id = ? AND has_body = 1 AND state IN (${states.map((state) => `'${state}'`).join(', ')})`;
  return [
    statement(
      `UPDATE quarantine_bodies SET uses = uses - (SELECT COUNT(*) FROM quarantine WHERE ${isWiped})
       WHERE body_key = ${bodyKey}`,
      ...[id, id],
    ),
    statement(`UPDATE quarantine SET has_body = 0 WHERE ${isWiped}`, id),
    statement(
      `UPDATE quarantine_totals SET bytes = bytes - COALESCE(
       (SELECT SUM(bytes) FROM quarantine_bodies WHERE body_key = ${bodyKey} AND uses <= 0), 0)`,
      id,
    ),
    statement(`DELETE FROM quarantine_bodies WHERE body_key = ${bodyKey} AND uses <= 0`, id),
  ];
}

/** Notes an agreement to the release of what is held; one a name. */
export function approveStatement(id: string, { atMs, by, why }: RecordAct): SqlStatement {
  return statement(
    `INSERT INTO quarantine_approvals (id, name, at_ms, why)
     SELECT id, CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT) FROM quarantine WHERE id = ? AND state = 'held'
     ON CONFLICT (id, name) DO NOTHING`,
    ...[storableText(by), atMs, storableText(why, WHY_MAX), id],
  );
}
