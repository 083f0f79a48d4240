import type { IncomingMessage } from 'node:http';
import type { ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';
import type { Decision } from '../policy/decision.ts';
import type { Direction } from '../policy/policy-settings.ts';
import type { JudgedMessage } from './held-message.ts';
import {
  NO_BODY,
  type BodyRecord,
  type DecisionRecord,
  type ExchangeRecord,
  type Outcome,
  type QuarantineNote,
  type StageDurations,
} from './observer.ts';
import type { JudgedMessages } from './tracked-message.ts';

/** Gathers what an exchange will tell of itself, while it runs. Clocks are monotonic milliseconds. */
export class ExchangeTrace {
  readonly #id: string;
  readonly #method: string;
  readonly #startedMs = performance.now();
  #stageStartedMs = this.#startedMs;
  readonly #durationsMs: StageDurations = {};
  #outbound = NO_BODY;
  #inbound = NO_BODY;
  #messages: JudgedMessages = {};

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

  /** Notes what was found in a message, and what was decided. */
  judged(message: JudgedMessage): void {
    const { direction, outcome, decision } = message;
    this.#messages = { ...this.#messages, [direction]: message };
    this.#change(direction, bodyRecord(outcome, decision));
  }

  /** What was judged. */
  get messages(): JudgedMessages {
    return this.#messages;
  }

  /** Notes what came of trying to keep the message of one direction. */
  noteQuarantine(direction: Direction, quarantine: QuarantineNote): void {
    this.#change(direction, { quarantine });
  }

  /** Notes why parts could not be taken out of the message of one direction. */
  noteUnstripped(direction: Direction, unstripped: string): void {
    this.#change(direction, { unstripped });
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

  #change(direction: Direction, changes: Partial<BodyRecord>): void {
    if (direction === 'outbound') this.#outbound = { ...this.#outbound, ...changes };
    else this.#inbound = { ...this.#inbound, ...changes };
  }
}

function bodyRecord(outcome: ScanOutcome, decision: Decision): Partial<BodyRecord> {
  const record = { scan: outcome.kind, decision: decisionRecord(decision) };
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

function decisionRecord(decision: Decision): DecisionRecord {
  const { profile, action, isEnforced, shadowAction, stripParts, reasons } = decision;
  const eachReason = eachOnce(reasons, ({ kind, code, entry, action: asked, isShadow }) => {
    return { kind, code, entry, action: asked, isShadow };
  });
  return { profile, action, isEnforced, shadowAction, stripParts, reasons: eachReason };
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
