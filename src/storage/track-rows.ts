/** Tracked messages as rows. */
import type { Direction, PolicyAction } from '../policy/policy-settings.ts';
import {
  TRACKED_REASONS_MAX,
  type MessageEnd,
  type TrackEntry,
  type TrackedMessage,
} from './message-track.ts';
import type { SqlRow, SqlStatement, SqlValue } from './sql-database.ts';
import { storableText } from './storable-text.ts';

/** The pseudonym of a number or an address. */
export type PseudonymOf = (number: string) => string;

/** What `entryOf` reads, of the table `t`. */
export const ENTRY_COLUMNS = 't.id, t.direction, t.at_ms, t.message_end, t.action, t.content_hash, t.rest';

/** Rows of one statement, largest first: few different statements, which databases keep prepared. */
const ROWS_AT_ONCE = [100, 10, 1] as const;

/** The statements that write messages with pseudonyms for their numbers. What is there already stays as it is. */
export function insertsOf(
  messages: readonly TrackedMessage[],
  pseudonymOf: PseudonymOf,
): readonly SqlStatement[] {
  const entries = messages.map((message) => pseudonymous(message, pseudonymOf));
  return [
    ...inserts(
      'message_track (id, direction, at_ms, message_end, action, content_hash, rest)',
      entries.map(rowOf),
    ),
    ...inserts(
      'message_track_terms (term, at_ms, id, direction, message_end, action)',
      entries.flatMap(termRowsOf),
    ),
  ];
}

/** What a message is looked for by when it has the pseudonym. */
export function pseudonymTerm(pseudonym: string): string {
  return storableText(`number:${pseudonym}`);
}

/** What a message is looked for by when it has the reason. */
export function reasonTerm(reason: string): string {
  return storableText(`reason:${reason}`);
}

/** The message of a row. Only this file writes the table, so what it reads has the types that were written. */
export function entryOf(row: SqlRow): TrackEntry {
  return {
    ...WITHOUT_ALL,
    ...(JSON.parse(row['rest'] as string) as Omit<TrackEntry, KeptInColumns | keyof typeof WITHOUT_ALL>),
    id: row['id'] as string,
    direction: row['direction'] as Direction,
    atMs: row['at_ms'] as number,
    end: row['message_end'] as MessageEnd,
    action: row['action'] as PolicyAction,
    contentHash: row['content_hash'] as string,
  };
}

type KeptInColumns = 'id' | 'direction' | 'atMs' | 'end' | 'action' | 'contentHash';

/** JSON leaves out what is undefined. */
const WITHOUT_ALL = { pduType: undefined, code: undefined, sender: undefined, ruleSetDigest: undefined };

function pseudonymous(message: TrackedMessage, pseudonymOf: PseudonymOf): TrackEntry {
  const { sender, recipients, reasons } = message;
  return {
    ...message,
    reasons: reasons.slice(0, TRACKED_REASONS_MAX),
    sender: sender === undefined ? undefined : pseudonymOf(sender),
    recipients: recipients.map(pseudonymOf),
  };
}

function rowOf({ id, direction, atMs, end, action, contentHash, ...rest }: TrackEntry): readonly SqlValue[] {
  return [id, direction, atMs, end, action, contentHash, JSON.stringify(rest)];
}

function termRowsOf(entry: TrackEntry): readonly (readonly SqlValue[])[] {
  const { id, direction, atMs, end, action, sender, recipients, reasons } = entry;
  const numbers = sender === undefined ? recipients : [sender, ...recipients];
  const terms = new Set([...numbers.map(pseudonymTerm), ...reasons.map(reasonTerm)]);
  return Array.from(terms, (term) => [term, atMs, id, direction, end, action]);
}

function inserts(into: string, rows: readonly (readonly SqlValue[])[]): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  for (let from = 0; from < rows.length;) {
    const count = ROWS_AT_ONCE.find((atOnce) => atOnce <= rows.length - from) ?? 1;
    const some = rows.slice(from, from + count);
    const places = some.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
    statements.push({
      sql: `INSERT INTO ${into} VALUES ${places} ON CONFLICT DO NOTHING`,
      values: some.flat(),
    });
    from += count;
  }
  return statements;
}
