/** The track in a database: what is noted waits in memory for a moment and is written in batches. */
import {
  MESSAGE_ENDS,
  type EndCounts,
  type MessageTrack,
  type TrackEntry,
  type TrackedMessage,
  type TrackFilter,
} from './message-track.ts';
import type { Page, StoreResult } from './quarantine-store.ts';
import type { SqlDatabase } from './sql-database.ts';
import { readPage } from './sql-page.ts';
import { storableText } from './storable-text.ts';
import { storeFailure } from './store-failure.ts';
import { TrackBuffer, type TrackBufferLimits } from './track-buffer.ts';
import { ENTRY_COLUMNS, entryOf, insertsOf, type PseudonymOf } from './track-rows.ts';
import { countsQuery, trackQuery } from './track-queries.ts';

/** Messages that are forgotten in one transaction, so that none holds up the writers for long. */
export const PRUNE_STEP = 200;

/** What the track needs. */
export interface MessageTrackParts {
  readonly database: SqlDatabase;
  readonly pseudonymOf: PseudonymOf;
  /** Is told of a batch that was lost to a bug. It must not throw. */
  readonly onBug: (error: unknown) => void;
  readonly limits?: TrackBufferLimits;
}

/** The track of a database. Its owner closes it, before the database. */
export class SqlMessageTrack implements MessageTrack {
  readonly #database: SqlDatabase;
  readonly #pseudonymOf: PseudonymOf;
  readonly #buffer: TrackBuffer<TrackedMessage>;

  constructor({ database, pseudonymOf, onBug, limits }: MessageTrackParts) {
    this.#database = database;
    this.#pseudonymOf = pseudonymOf;
    const write = (messages: readonly TrackedMessage[]) =>
      database.transaction(insertsOf(messages, pseudonymOf));
    this.#buffer = new TrackBuffer({ write, onBug, ...(limits !== undefined && { limits }) });
  }

  note(message: TrackedMessage): void {
    this.#buffer.add(message);
  }

  flush(): Promise<void> {
    return this.#buffer.flush();
  }

  get lost(): number {
    return this.#buffer.lost;
  }

  /** Writes what waits, once: what then fails is lost. What is noted after is lost too. */
  close(): Promise<void> {
    return this.#buffer.close();
  }

  list(
    filter: TrackFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<TrackEntry>>> {
    return readPage(this.#database, { ...trackQuery(filter, this.#pseudonymOf), itemOf: entryOf }, page);
  }

  async get(id: string): Promise<StoreResult<readonly TrackEntry[]>> {
    const result = await this.#database.transaction([
      {
        sql: `SELECT ${ENTRY_COLUMNS} FROM message_track t WHERE t.id = ? ORDER BY t.direction DESC`,
        values: [storableText(id)],
      },
    ]);
    if (!result.ok) return storeFailure(result);
    const rows = result.rows[0] ?? [];
    return rows.length === 0 ? { kind: 'unknown' } : { kind: 'found', value: rows.map(entryOf) };
  }

  async counts(filter: TrackFilter): Promise<StoreResult<EndCounts>> {
    const result = await this.#database.transaction([countsQuery(filter, this.#pseudonymOf)]);
    if (!result.ok) return storeFailure(result);
    const counts = new Map(result.rows[0]?.map((row) => [row['message_end'], row['messages']]));
    const value = Object.fromEntries(MESSAGE_ENDS.map((end) => [end, counts.get(end) ?? 0])) as EndCounts;
    return { kind: 'found', value };
  }

  async prune(beforeMs: number): Promise<StoreResult<number>> {
    for (let forgotten = 0; ;) {
      const step = await this.#pruneStep(beforeMs);
      if (step.kind !== 'found') return step;
      forgotten += step.value;
      if (step.value === 0) return { kind: 'found', value: forgotten };
    }
  }

  /** Forgets the oldest `PRUNE_STEP` messages, and what has the same time as the last of them. */
  async #pruneStep(beforeMs: number): Promise<StoreResult<number>> {
    const looked = await this.#database.transaction([
      {
        sql: `SELECT MAX(at_ms) AS at_ms
              FROM (SELECT at_ms FROM message_track WHERE at_ms < ? ORDER BY at_ms LIMIT ?) oldest`,
        values: [beforeMs, PRUNE_STEP],
      },
    ]);
    if (!looked.ok) return storeFailure(looked);
    const untilMs = looked.rows[0]?.[0]?.['at_ms'] ?? null;
    if (untilMs === null) return { kind: 'found', value: 0 };
    const result = await this.#database.transaction([
      { sql: 'DELETE FROM message_track_terms WHERE at_ms <= ?', values: [untilMs] },
      { sql: 'DELETE FROM message_track WHERE at_ms <= ? RETURNING id', values: [untilMs] },
    ]);
    return result.ok ? { kind: 'found', value: result.rows[1]?.length ?? 0 } : storeFailure(result);
  }
}
