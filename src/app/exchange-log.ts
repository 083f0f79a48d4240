import type { Logger } from 'pino';
import type {
  BodyRecord,
  ExchangeObserver,
  ExchangeRecord,
  Outcome,
  StageDurations,
} from '../proxy/observer.ts';

/** A failed exchange is for the operator to look at; a refused one is the proxy at work. */
const LEVELS = {
  forwarded: 'info',
  stripped: 'info',
  quarantined: 'info',
  throttled: 'info',
  refused: 'info',
  failed: 'warn',
} as const satisfies Record<Outcome['kind'], string>;

/**
 * Writes one line for each exchange, each connection that was refused, and each bug. A line holds codes, sizes and
 * times; never a number, a text or an identifier of a message.
 */
export function exchangeLog(log: Logger): ExchangeObserver {
  return {
    exchangeDone(record) {
      log[levelOf(record)](lineOf(record), 'exchange');
    },
    connectionRefused(code) {
      log.info({ code }, 'connection refused');
    },
    unexpectedError(error, exchangeId) {
      log.error({ exchange: exchangeId, err: error }, 'unexpected error');
    },
  };
}

/** A message that should have been kept and could not is for the operator, whatever became of it. */
function levelOf({ outcome, outbound, inbound }: ExchangeRecord): 'info' | 'warn' | 'error' {
  const notes = [outbound.quarantine?.kind, inbound.quarantine?.kind];
  if (notes.includes('failed') || notes.includes('absent')) return 'error';
  return notes.includes('full') ? 'warn' : LEVELS[outcome.kind];
}

function lineOf(record: ExchangeRecord): object {
  const { kind: outcome, ...cause } = record.outcome;
  return {
    exchange: record.id,
    method: record.method,
    outcome,
    ...cause,
    status: record.status,
    outbound: bodyOf(record.outbound),
    inbound: bodyOf(record.inbound),
    durationsMs: rounded(record.durationsMs),
    totalMs: roundedMs(record.totalMs),
  };
}

function bodyOf(body: BodyRecord): object {
  const { bodyBytes, pduType, gaps, isPoison, findings, matches, decision, quarantine, unstripped } = body;
  return {
    bytes: bodyBytes,
    ...(pduType !== undefined && { pdu: pduType }),
    ...(gaps.length > 0 && { notInspected: gaps }),
    ...(isPoison && { poison: true }),
    ...(findings.length > 0 && { findings: findings.map(({ code }) => code) }),
    ...(matches.length > 0 && { rules: matches.map(({ rule, namespace }) => `${namespace}:${rule}`) }),
    ...(decision !== undefined && decision.reasons.length > 0 && { decision }),
    ...(quarantine !== undefined && { quarantine }),
    ...(unstripped !== undefined && { unstripped }),
    ...(body.ruleSetDigest !== undefined && { ruleSet: body.ruleSetDigest.slice(0, DIGEST_SHOWN) }),
    ...(body.anomalies.length > 0 && { anomalies: body.anomalies }),
  };
}

/** Enough of a digest to tell rule sets apart in a line. */
const DIGEST_SHOWN = 12;

function rounded(durationsMs: Readonly<StageDurations>): object {
  return Object.fromEntries(
    Object.entries(durationsMs).map(([stage, ms]: [string, number]) => [stage, roundedMs(ms)]),
  );
}

/** Hundredths of a millisecond: more digits only cost disk. */
function roundedMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}
