/** The metrics of the product. Labels have a bounded set of values: never a number, a file name or a text. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type {
  BodyRecord,
  ConnectionRefusalCode,
  ExchangeObserver,
  ExchangeRecord,
} from '../proxy/observer.ts';
import type { QuarantineStats } from '../storage/quarantine-store.ts';
import type { RuleSet } from '../scanning/rule-set.ts';
import type { PoolState } from '../scanning/scan-pool.ts';
import type { ThreadEvent } from '../scanning/thread-seats.ts';
import type { ReloadResult } from './rule-reload.ts';

/** Rules that get a series of their own; what matches beyond them is counted as `other`. */
export const RULE_SERIES_MAX = 1000;

/** Everything that is counted. It is an observer of exchanges, too. */
export class Metrics implements ExchangeObserver {
  readonly registry = new Registry();
  readonly #exchanges = this.#counter('exchanges_total', 'Exchanges by how they ended', ['outcome', 'code']);
  readonly #connections = this.#counter('connections_refused_total', 'Connections without an exchange', [
    'code',
  ]);
  readonly #bugs = this.#counter('unexpected_errors_total', 'Bugs that broke one exchange', []);
  readonly #scans = this.#counter('scans_total', 'Bodies by direction and how their scan ended', [
    'direction',
    'outcome',
  ]);
  readonly #gaps = this.#counter('not_inspected_total', 'Bodies not wholly inspected, by reason', [
    'direction',
    'reason',
  ]);
  readonly #findings = this.#counter('findings_total', 'Bodies with a finding, by its code', [
    'direction',
    'code',
  ]);
  readonly #matches = this.#counter('rule_matches_total', 'Bodies that a rule matched', [
    'namespace',
    'rule',
  ]);
  readonly #decisions = this.#counter('decisions_total', 'Messages by what the policy says of them', [
    'direction',
    'action',
    'mode',
  ]);
  readonly #quarantine = this.#counter(
    'quarantine_attempts_total',
    'Messages to be kept, by what came of it',
    ['direction', 'result'],
  );
  readonly #threads = this.#counter('scan_threads_replaced_total', 'Scan threads replaced, by cause', [
    'cause',
  ]);
  readonly #reloads = this.#counter('rule_reloads_total', 'Reloads of the rules, by result', ['result']);
  readonly #lastReload = this.#gauge(
    'rule_last_reload_timestamp_seconds',
    'When the rules in use were loaded',
    [],
  );
  readonly #ruleCount = this.#gauge('rules', 'Rules in use', []);
  readonly #ruleSet = this.#gauge('rule_set_info', 'The rule set in use: 1 for its digest', [
    'digest',
    'engine',
  ]);
  readonly #ruleSeries = new Set<string>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Reads the state of the pool at every scrape. */
  watchPool(state: () => PoolState): void {
    this.#read('scan_queue_messages', 'Messages that wait for a scan thread', () => state().queued);
    this.#read('scan_queue_bytes', 'Bytes that wait for a scan thread', () => state().queuedBytes);
    this.#read('scan_threads', 'Scan threads that there should be', () => state().threads.threads);
    this.#read('scan_threads_ready', 'Scan threads that have a rule set', () => state().threads.ready);
    this.#read('scan_threads_busy', 'Scan threads that scan now', () => state().threads.busy);
    this.#read('verdicts_kept', 'Verdicts kept for the same content', () => state().verdicts);
  }

  /** Reads the state of the storage at every scrape; what is not known has no value. */
  watchStorage(stats: () => Promise<QuarantineStats | undefined>, track: { readonly lost: number }): void {
    this.#read('track_lost', 'Messages whose line in the track was lost', () => track.lost);
    this.#readRows('quarantine_records', 'Records of the quarantine by state', ['state'], async () =>
      Object.entries((await stats())?.records ?? {}).map(([state, count]) => [{ state }, count]),
    );
    this.#readRows('quarantine_bytes', 'Bytes of bodies in quarantine, equal ones once', [], async () =>
      valueRow((await stats())?.bytes),
    );
    this.#readRows(
      'quarantine_oldest_timestamp_seconds',
      'When the oldest held record came',
      [],
      async () => {
        const oldestMs = (await stats())?.oldestMs;
        return valueRow(oldestMs === undefined ? undefined : oldestMs / 1000);
      },
    );
  }

  /** Counts one exchange. */
  exchangeDone({ outcome, outbound, inbound }: ExchangeRecord): void {
    this.#exchanges.inc({ outcome: outcome.kind, code: 'code' in outcome ? outcome.code : '' });
    this.#body('outbound', outbound);
    this.#body('inbound', inbound);
  }

  /** Counts one connection. */
  connectionRefused(code: ConnectionRefusalCode): void {
    this.#connections.inc({ code });
  }

  /** Counts one bug. */
  unexpectedError(): void {
    this.#bugs.inc();
  }

  /** Counts what becomes of threads. */
  threadEvent(event: ThreadEvent): void {
    this.#threads.inc({ cause: event.kind === 'replaced' ? event.cause : event.kind });
  }

  /** Counts one reload, and notes the set in use. */
  reloaded(result: ReloadResult, nowMs: number): void {
    this.#reloads.inc({ result: result.kind });
    if (result.kind === 'loaded') this.rulesInUse(result.ruleSet, nowMs);
  }

  /** Notes the set in use. */
  rulesInUse({ digest, rules, engine }: RuleSet, nowMs: number): void {
    this.#ruleSet.reset();
    this.#ruleSet.set({ digest, engine: engine.version }, 1);
    this.#ruleCount.set(rules.length);
    this.#lastReload.set(nowMs / 1000);
  }

  #body(direction: 'outbound' | 'inbound', body: BodyRecord): void {
    if (body.scan === undefined) return;
    this.#scans.inc({ direction, outcome: body.scan });
    for (const reason of new Set(body.gaps.map((gap) => gap.reason))) this.#gaps.inc({ direction, reason });
    for (const code of new Set(body.findings.map((finding) => finding.code)))
      this.#findings.inc({ direction, code });
    if (body.decision !== undefined) {
      const { action, shadowAction, isEnforced } = body.decision;
      this.#decisions.inc({ direction, action, mode: isEnforced ? 'enforced' : 'monitor' });
      this.#decisions.inc({ direction, action: shadowAction, mode: 'shadow' });
    }
    if (body.quarantine !== undefined) this.#quarantine.inc({ direction, result: body.quarantine.kind });
    for (const { namespace, rule } of body.matches) this.#matches.inc(this.#ruleLabels(namespace, rule));
  }

  #ruleLabels(namespace: string, rule: string): { readonly namespace: string; readonly rule: string } {
    const series = `${namespace}:${rule}`;
    if (this.#ruleSeries.size < RULE_SERIES_MAX) this.#ruleSeries.add(series);
    return this.#ruleSeries.has(series) ? { namespace, rule } : { namespace: 'other', rule: 'other' };
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: `mmsguard_${name}`, help, labelNames, registers: [this.registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name: `mmsguard_${name}`, help, labelNames, registers: [this.registry] });
  }

  #readRows(
    name: string,
    help: string,
    labelNames: readonly string[],
    rows: () => Promise<readonly MetricRow[]>,
  ): void {
    new Gauge<string>({
      name: `mmsguard_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        const read = await rows();
        this.reset();
        // A gauge without labels is 0 after a reset, which would be a value.
        if (labelNames.length === 0) this.remove();
        for (const [labels, value] of read) this.set(labels, value);
      },
    });
  }

  #read(name: string, help: string, value: () => number): void {
    new Gauge({
      name: `mmsguard_${name}`,
      help,
      registers: [this.registry],
      collect() {
        this.set(value());
      },
    });
  }
}

/** Labels, and a value. */
type MetricRow = readonly [Readonly<Record<string, string>>, number];

function valueRow(value: number | undefined): readonly MetricRow[] {
  return value === undefined ? [] : [[{}, value]];
}
