/** Carries out what the admin side asks for with held messages. */
import type { Severity } from '../inspection/finding.ts';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import type { AuditLog } from '../storage/audit-log.ts';
import type {
  QuarantineService,
  ReleaseRequest,
  ReleaseResult,
  RescanResult,
} from '../storage/quarantine-service.ts';
import type { QuarantineStore, RecordAct, RecordFilter, StoreFailure } from '../storage/quarantine-store.ts';
import type { Task, TaskList } from '../storage/task-list.ts';
import { bulkDelete, bulkRelease, type BulkParts } from './bulk-acts.ts';
import { ByteBudget } from './byte-budget.ts';
import type { Forwarder } from './forwarder.ts';
import { hunt, type HuntParts } from './hunt.ts';
import { deliver } from './mmsc-delivery.ts';
import type { PushAnnouncer } from './push-announcer.ts';
import { RecordTasks } from './record-tasks.ts';
import { hasBody, reasonCodes, rejudge } from './rejudge.ts';
import { releaseMessage, type ReleaseParts } from './release-message.ts';
import type { ProxySettings } from './settings.ts';

/** What the acts work with. All of it stays open when they close: its owners close it. */
export interface QuarantineActsParts {
  readonly settings: ProxySettings;
  readonly store: QuarantineStore;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly tasks: Pick<TaskList, 'add' | 'update'>;
  readonly scanner: BodyScanner;
  /** Made of the same settings. */
  readonly forwarder: Forwarder;
  /** Undefined: no push gateway is configured. */
  readonly announcer: PushAnnouncer | undefined;
  readonly openRules: HuntParts['openRules'];
  readonly twoPersonSeverities: ReadonlySet<Severity>;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
  /** Is told of bugs in tasks. It must not throw. */
  readonly onError: (error: unknown) => void;
}

/** The acts on held messages. */
export class QuarantineActs implements QuarantineService {
  readonly #parts: QuarantineActsParts;
  readonly #release: ReleaseParts;
  readonly #bulk: BulkParts;
  readonly #tasks: RecordTasks;
  /** Releases under way. */
  readonly #releases = new Set<Promise<unknown>>();

  constructor(parts: QuarantineActsParts) {
    const { settings, forwarder, announcer } = parts;
    const budget = new ByteBudget(settings.limits.heldBytesMax);
    this.#parts = parts;
    this.#release = {
      ...parts,
      deliver: (record) => deliver(record, { settings, forwarder, budget }),
      announce: (record) => announcer?.announce(record) ?? Promise.resolve({ kind: 'no-gateway' }),
    };
    this.#bulk = { ...parts, release: (id, request) => this.release(id, request) };
    this.#tasks = new RecordTasks(parts);
  }

  release(id: string, request: ReleaseRequest): Promise<ReleaseResult> {
    const release = releaseMessage(id, request, this.#release).finally(() => {
      this.#releases.delete(release);
    });
    this.#releases.add(release);
    return release;
  }

  async rescan(id: string): Promise<RescanResult> {
    const found = await this.#parts.store.get(id);
    if (found.kind !== 'found') return found;
    if (!hasBody(found.value)) return { kind: 'no-content' };
    const { outcome, decision } = await rejudge(found.value, this.#parts);
    return { kind: 'scanned', outcome, action: decision.action, reasons: reasonCodes(decision) };
  }

  releaseAll(filter: RecordFilter, request: ReleaseRequest): Promise<Task | StoreFailure> {
    return this.#tasks.start(bulkRelease(filter, request, this.#bulk));
  }

  deleteAll(filter: RecordFilter, act: RecordAct): Promise<Task | StoreFailure> {
    return this.#tasks.start(bulkDelete(filter, act, this.#bulk));
  }

  hunt(filter: RecordFilter, act: RecordAct & { readonly rules?: string }): Promise<Task | StoreFailure> {
    return this.#tasks.start(hunt(filter, act, this.#parts));
  }

  cancelTask(id: string): boolean {
    return this.#tasks.cancel(id);
  }

  /** Resolves when every task and release that was begun has ended. */
  async settled(): Promise<void> {
    await this.#tasks.settled();
    await Promise.allSettled(this.#releases);
  }

  /** Ends every task at its next record, and waits for that and for releases, which end with their forwarder. */
  async close(): Promise<void> {
    await this.#tasks.close();
    await this.settled();
  }
}
