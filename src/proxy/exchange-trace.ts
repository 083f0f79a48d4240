import type { IncomingMessage } from 'node:http';
import type { DeviationCode } from '../codec/deviations.ts';
import type { Inspection } from './inspect.ts';
import type { BodyRecord, ExchangeRecord, Outcome, StageDurations } from './observer.ts';

const NOTHING: BodyRecord = { bodyBytes: 0, pduType: undefined, notInspected: undefined, anomalies: [] };

/** Gathers what an exchange will tell of itself, while it runs. Clocks are monotonic milliseconds. */
export class ExchangeTrace {
  readonly #id: string;
  readonly #method: string;
  readonly #startedMs = performance.now();
  #stageStartedMs = this.#startedMs;
  readonly #durationsMs: StageDurations = {};
  #outbound = NOTHING;
  #inbound = NOTHING;

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
    this.#outbound = { ...NOTHING, bodyBytes };
  }

  /** Notes the octets that came from the MMSC. */
  answered(bodyBytes: number): void {
    this.#inbound = { ...NOTHING, bodyBytes };
  }

  /** Notes what was found in the body of one direction. */
  inspected(direction: 'outbound' | 'inbound', inspection: Inspection): void {
    if (direction === 'outbound') this.#outbound = bodyRecord(this.#outbound.bodyBytes, inspection);
    else this.#inbound = bodyRecord(this.#inbound.bodyBytes, inspection);
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

function bodyRecord(bodyBytes: number, inspection: Inspection): BodyRecord {
  switch (inspection.kind) {
    case 'pdu': {
      const anomalies = new Set<DeviationCode>(inspection.anomalies.map(({ code }) => code));
      return { ...NOTHING, bodyBytes, pduType: inspection.pdu.type, anomalies: [...anomalies] };
    }
    case 'not-a-pdu':
      return { ...NOTHING, bodyBytes };
    case 'not-inspected':
      return { ...NOTHING, bodyBytes, notInspected: { reason: inspection.reason, code: inspection.code } };
  }
}
