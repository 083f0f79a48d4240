/** A quarantine in memory, for tests that force failures or look at what was asked of it. */
import type {
  ChangeResult,
  FullRecord,
  HeldState,
  HoldResult,
  NewRecord,
  Page,
  QuarantineStats,
  QuarantineStore,
  RecordAct,
  RecordFilter,
  RecordSummary,
  StoreFailure,
  StoreResult,
} from '../../src/storage/quarantine-store.ts';

import { newRecord } from './held-records.ts';

interface Kept {
  record: FullRecord;
  isClaimed: boolean;
}

const ACT: RecordAct = { atMs: 0, by: '', why: '' };

const FAILURE: StoreFailure = { kind: 'failed', code: 'unavailable', detail: 'told to fail' };

/** The parts of the contract that release and tasks lean on; claims do not run out. */
export class MemoryQuarantine implements QuarantineStore {
  /** Methods that fail from now on. */
  readonly failing = new Set<keyof QuarantineStore>();
  /** What was asked, as `method id`. */
  readonly asked: string[] = [];
  /** Times of the claims. */
  readonly claimedAtMs: number[] = [];
  readonly #kept = new Map<string, Kept>();

  /** A store that holds these. */
  static async with(...records: readonly NewRecord[]): Promise<MemoryQuarantine> {
    const store = new MemoryQuarantine();
    for (const record of records) await store.hold(record);
    return store;
  }

  /** How a record stands. */
  stateOf(id: string): { readonly state: HeldState | undefined; readonly isClaimed: boolean } {
    const kept = this.#kept.get(id);
    return { state: kept?.record.state, isClaimed: kept?.isClaimed ?? false };
  }

  hold(record: NewRecord): Promise<HoldResult> {
    const { envelope, body } = record;
    const full: FullRecord = {
      ...record,
      state: 'held',
      bodyBytes: body.length,
      contentHash: '',
      sender: envelope.sender && 'pseudonym',
      recipients: envelope.recipients.map(() => 'pseudonym'),
      ended: undefined,
      approvals: [],
    };
    this.#kept.set(record.id, { record: full, isClaimed: false });
    return Promise.resolve({ kind: 'held' });
  }

  list(
    filter: RecordFilter,
    { limit, cursor = '0' }: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<RecordSummary>>> {
    return this.#answer('list', '', () => {
      const { state, toMs = Infinity, direction } = filter;
      const fitting = [...this.#kept.values()]
        .map(({ record }) => record)
        .filter((record) => (state ?? record.state) === record.state && record.atMs <= toMs)
        .filter(
          (record) => (direction ?? record.direction) === record.direction && record.atMs > Number(cursor),
        )
        .toSorted((a, b) => a.atMs - b.atMs);
      const items = fitting.slice(0, limit);
      const next = fitting.length > limit ? String(items.at(-1)?.atMs) : undefined;
      return { kind: 'found', value: { items, next } };
    });
  }

  get(id: string): Promise<StoreResult<FullRecord>> {
    return this.#answer('get', id, () => found(this.#kept.get(id)?.record));
  }

  approve(id: string, { by }: RecordAct): Promise<StoreResult<readonly string[]>> {
    return this.#answer('approve', id, () => {
      const kept = this.#kept.get(id);
      if (kept === undefined) return { kind: 'unknown' };
      const approvals = [...new Set([...kept.record.approvals, by])];
      kept.record = { ...kept.record, approvals };
      return { kind: 'found', value: approvals };
    });
  }

  claim(id: string, { atMs }: RecordAct = ACT): Promise<ChangeResult> {
    this.claimedAtMs.push(atMs);
    return this.#change('claim', id, false, (kept) => {
      kept.isClaimed = true;
    });
  }

  unclaim(id: string): Promise<ChangeResult> {
    return this.#change('unclaim', id, true, (kept) => {
      kept.isClaimed = false;
    });
  }

  end(id: string, state: Exclude<HeldState, 'held'>, ended: RecordAct): Promise<ChangeResult> {
    return this.#change('end', id, state === 'released', (kept) => {
      const { body, ...rest } = kept.record;
      kept.record = { ...rest, body: state === 'released' ? body : undefined, state, ended };
      kept.isClaimed = false;
    });
  }

  releasedAt(authority: string, path: string): Promise<StoreResult<FullRecord>> {
    return this.#answer('releasedAt', `${authority}${path}`, () =>
      found(
        [...this.#kept.values()]
          .map(({ record }) => record)
          .find(
            ({ state, direction, http }) =>
              state === 'released' &&
              direction === 'inbound' &&
              http.authority === authority &&
              http.path === path,
          ),
      ),
    );
  }

  expire(): Promise<StoreResult<number>> {
    return Promise.resolve({ kind: 'found', value: 0 });
  }

  stats(): Promise<StoreResult<QuarantineStats>> {
    return Promise.resolve({ kind: 'unknown' });
  }

  #change(
    method: keyof QuarantineStore,
    id: string,
    needsClaim: boolean,
    change: (kept: Kept) => void,
  ): Promise<ChangeResult> {
    return this.#answer<ChangeResult>(method, id, () => {
      const kept = this.#kept.get(id);
      if (kept === undefined) return { kind: 'unknown' };
      const { isClaimed, record } = kept;
      if (record.state !== 'held' || isClaimed !== needsClaim)
        return { kind: 'not-held', state: record.state, isClaimed };
      change(kept);
      return { kind: 'done' };
    });
  }

  #answer<T>(method: keyof QuarantineStore, id: string, answer: () => T): Promise<T | StoreFailure> {
    this.asked.push(`${method} ${id}`.trim());
    return Promise.resolve(this.failing.has(method) ? FAILURE : answer());
  }
}

/** A record as a store gives it back, with its body. */
export async function heldRecord(
  changes: Partial<NewRecord> = {},
): Promise<FullRecord & { readonly body: Uint8Array }> {
  const record = newRecord(changes);
  const stored = await (await MemoryQuarantine.with(record)).get(record.id);
  if (stored.kind !== 'found') throw new Error(stored.kind);
  return { ...stored.value, body: record.body };
}

function found<T>(value: T | undefined): StoreResult<T> {
  return value === undefined ? { kind: 'unknown' } : { kind: 'found', value };
}
