/** Records of the quarantine as rows. */
import { hash } from 'node:crypto';
import type { Severity } from '../inspection/finding.ts';
import type { Direction } from '../policy/policy-settings.ts';
import type { Keyring } from './keyring.ts';
import type { FullRecord, HeldState, NewRecord, RecordSummary, StoreFailure } from './quarantine-store.ts';
import { parseSealedJson, sealedJson } from './sealed-json.ts';
import type { SqlRow } from './sql-database.ts';

/** What lists show beside the columns, as JSON. */
type Shown = Pick<RecordSummary, 'pduType' | 'decision' | 'ruleSetDigest' | 'told' | 'sender' | 'recipients'>;

/** What is stored sealed, as JSON: it holds plain numbers. */
type Sealed = Pick<NewRecord, 'contentType' | 'envelope' | 'http' | 'report' | 'gaps' | 'versions'>;

/** What `summaryOf` reads, of the table `q`. */
export const SUMMARY_COLUMNS =
  'q.id, q.at_ms, q.expires_at_ms, q.state, q.direction, q.severity, q.content_hash, q.body_bytes, q.shown, ' +
  'q.ended_at_ms, q.ended_by, q.ended_why';

/** SHA-256 of a body, in hexadecimal. */
export function contentHashOf(body: Uint8Array): string {
  return hash('sha256', body, 'hex');
}

/** What a body is stored by. Equal bodies that different keys sealed are two: the older key may be taken away. */
export function bodyKeyOf(contentHash: string, keyring: Keyring): string {
  return `${keyring.currentId} ${contentHash}`;
}

/** What a URL is found by. */
export function urlKeyOf(authority: string, path: string): string {
  return hash('sha256', `${authority.toLowerCase()} ${path}`, 'hex');
}

/** The JSON of what lists show. */
export function shownText(record: NewRecord, pseudonymOf: (number: string) => string): string {
  const { pduType, decision, ruleSetDigest, told, envelope } = record;
  const shown: Shown = {
    pduType,
    decision,
    ruleSetDigest,
    told,
    sender: envelope.sender === undefined ? undefined : pseudonymOf(envelope.sender),
    recipients: envelope.recipients.map(pseudonymOf),
  };
  return JSON.stringify(shown);
}

/** The octets of what is stored sealed. They open only beside the body that they were sealed with. */
export function sealedDetails(record: NewRecord, contentHash: string, keyring: Keyring): Buffer {
  const { contentType, envelope, http, report, gaps, versions } = record;
  const sealed: Sealed = { contentType, envelope, http, report, gaps, versions };
  return keyring.seal(Buffer.from(sealedJson(sealed)), detailsPurpose(record.id, contentHash));
}

/** The octets of a body as they are stored. */
export function sealedBody(body: Uint8Array, contentHash: string, keyring: Keyring): Buffer {
  return keyring.seal(body, bodyPurpose(contentHash));
}

/** JSON leaves out what is undefined. */
const SHOWN_AT_LEAST = { pduType: undefined, ruleSetDigest: undefined, sender: undefined };
const SEALED_AT_LEAST = { contentType: undefined, report: undefined };

/** A record without its approvals, which are rows of their own. */
export function summaryOf(row: SqlRow): RecordSummary {
  const endedAtMs = row['ended_at_ms'] as number | null;
  const shown = JSON.parse(row['shown'] as string) as Shown;
  return {
    ...SHOWN_AT_LEAST,
    ...shown,
    id: row['id'] as string,
    atMs: row['at_ms'] as number,
    expiresAtMs: row['expires_at_ms'] as number,
    state: row['state'] as HeldState,
    direction: row['direction'] as Direction,
    severity: row['severity'] as Severity,
    contentHash: row['content_hash'] as string,
    bodyBytes: row['body_bytes'] as number,
    ended:
      endedAtMs === null
        ? undefined
        : { atMs: endedAtMs, by: row['ended_by'] as string, why: row['ended_why'] as string },
    approvals: [],
  };
}

/** A whole record: `sealed`, and `body`, which is null when it was wiped, are read beside the columns of a summary. */
export function fullRecordOf(row: SqlRow, keyring: Keyring): FullRecord | StoreFailure {
  const summary = summaryOf(row);
  const details = keyring.open(row['sealed'] as Uint8Array, detailsPurpose(summary.id, summary.contentHash));
  if (details.kind !== 'opened') return sealFailure(details);
  const rest = { ...SEALED_AT_LEAST, ...(parseSealedJson(details.octets.toString()) as Sealed) };
  const sealed = row['body'] as Uint8Array | null;
  if (sealed === null) return { ...summary, ...rest, envelope: wholeEnvelope(rest), body: undefined };
  const body = keyring.open(sealed, bodyPurpose(summary.contentHash));
  if (body.kind !== 'opened') return sealFailure(body);
  return { ...summary, ...rest, envelope: wholeEnvelope(rest), body: body.octets };
}

function wholeEnvelope({ envelope }: Pick<Sealed, 'envelope'>): Sealed['envelope'] {
  return { ...envelope, sender: envelope.sender, from: envelope.from };
}

type NotOpened = Exclude<ReturnType<Keyring['open']>, { readonly kind: 'opened' }>;

function sealFailure(failure: NotOpened): StoreFailure {
  return failure.kind === 'key-missing'
    ? { kind: 'failed', code: 'key-missing', detail: `sealed with the key ${failure.keyId}` }
    : { kind: 'failed', code: 'seal-broken', detail: 'changed since it was stored' };
}

function detailsPurpose(id: string, contentHash: string): string {
  return `record ${id} ${contentHash}`;
}

function bodyPurpose(contentHash: string): string {
  return `body ${contentHash}`;
}
