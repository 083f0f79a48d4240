import type { Logger } from 'pino';
import type {
  BodyRecord,
  ExchangeObserver,
  ExchangeRecord,
  Outcome,
  StageDurations,
} from '../proxy/observer.ts';

/** A failed exchange is for the operator to look at; a refused one is the proxy at work. */
const LEVELS = { forwarded: 'info', refused: 'info', failed: 'warn' } as const satisfies Record<
  Outcome['kind'],
  string
>;

/**
 * Writes one line for each exchange, each connection that was refused, and each bug. A line holds codes, sizes and
 * times; never a number, a text or an identifier of a message.
 */
export function exchangeLog(log: Logger): ExchangeObserver {
  return {
    exchangeDone(record) {
      log[LEVELS[record.outcome.kind]](lineOf(record), 'exchange');
    },
    connectionRefused(code) {
      log.info({ code }, 'connection refused');
    },
    unexpectedError(error, exchangeId) {
      log.error({ exchange: exchangeId, err: error }, 'unexpected error');
    },
  };
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

function bodyOf({ bodyBytes, pduType, notInspected, anomalies }: BodyRecord): object {
  return {
    bytes: bodyBytes,
    ...(pduType !== undefined && { pdu: pduType }),
    ...(notInspected && { notInspected: notInspected.reason }),
    ...(notInspected?.code !== undefined && { decodeError: notInspected.code }),
    ...(anomalies.length > 0 && { anomalies }),
  };
}

function rounded(durationsMs: Readonly<StageDurations>): object {
  return Object.fromEntries(
    Object.entries(durationsMs).map(([stage, ms]: [string, number]) => [stage, roundedMs(ms)]),
  );
}

/** Hundredths of a millisecond: more digits only cost disk. */
function roundedMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}
