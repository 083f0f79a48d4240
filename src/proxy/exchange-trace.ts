import type { IncomingMessage } from 'node:http';
import type { ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';
import type { Decision } from '../policy/decide.ts';
import {
  NO_BODY,
  type BodyRecord,
  type ExchangeRecord,
  type Outcome,
  type StageDurations,
} from './observer.ts';

/** Gathers what an exchange will tell of itself, while it runs. Clocks are monotonic milliseconds. */
export class ExchangeTrace {
  readonly #id: string;
  readonly #method: string;
  readonly #startedMs = performance.now();
  #stageStartedMs = this.#startedMs;
  readonly #durationsMs: StageDurations = {};
  #outbound = NO_BODY;
  #inbound = NO_BODY;

  constructor(id: string, request: IncomingMessage) {
    this.#id = id;
    this.#method = request.method ?? '';
  }

  /** Notes that a stage has ended now: it lasted from the end of the stage before, or from the start. */
  ended(stage: keyof StageDurations): void {
    const nowMs = performance.now();
    this.#durationsMs[stage] = nowMs - this.#stageStartedMs;
    this.#stageStartedMs = nowMs;
  }

  /** Notes the octets that came from the handset. */
  received(bodyBytes: number): void {
    this.#outbound = { ...NO_BODY, bodyBytes };
  }

  /** Notes the octets that came from the MMSC. */
  answered(bodyBytes: number): void {
    this.#inbound = { ...NO_BODY, bodyBytes };
  }

  /** Notes what was found in the body of one direction, and what was decided. */
  inspected(direction: 'outbound' | 'inbound', outcome: ScanOutcome, decision: Decision): void {
    if (direction === 'outbound') this.#outbound = bodyRecord(this.#outbound.bodyBytes, outcome, decision);
    else this.#inbound = bodyRecord(this.#inbound.bodyBytes, outcome, decision);
  }

  /** The record of the exchange, which has ended now. */
  record(outcome: Outcome, status: number): ExchangeRecord {
    return {
      id: this.#id,
      method: this.#method,
      outcome,
      status,
      outbound: this.#outbound,
      inbound: this.#inbound,
      durationsMs: this.#durationsMs,
      totalMs: performance.now() - this.#startedMs,
    };
  }
}

function bodyRecord(bodyBytes: number, outcome: ScanOutcome, decision: Decision): BodyRecord {
  const refusedFor = decision.action === 'refuse' ? decision.reasons : [];
  const record = { ...NO_BODY, bodyBytes, scan: outcome.kind, refusedFor };
  switch (outcome.kind) {
    case 'inspected':
      return { ...record, ...reported(outcome.report) };
    case 'not-inspected': {
      const { gaps, isPoison, report } = outcome;
      const eachGap = eachOnce(gaps, ({ reason, code }) => ({ reason, code }));
      return { ...record, ...(report && reported(report)), gaps: eachGap, isPoison };
    }
    case 'not-a-pdu':
    case 'cancelled':
      return record;
  }
}

function reported({ pdu, anomalies, findings, matches, ruleSetDigest }: ScanReport): Partial<BodyRecord> {
  return {
    pduType: pdu.type,
    findings: eachOnce(findings, ({ code, severity }) => ({ code, severity })),
    matches: eachOnce(matches, ({ rule, namespace, severity }) => ({ rule, namespace, severity })),
    ruleSetDigest,
    anomalies: [...new Set(anomalies.map(({ code }) => code))],
  };
}

function eachOnce<From, To extends object>(items: readonly From[], pick: (item: From) => To): To[] {
  const byText = new Map(items.map((item) => [JSON.stringify(pick(item)), pick(item)]));
  return [...byText.values()];
}
