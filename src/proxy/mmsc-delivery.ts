/** Sends a released message to its MMSC. */
import { CLAIM_MS } from '../storage/quarantine-store.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { Forwarder, UpstreamFailureCode } from './forwarder.ts';
import { readConfirmation, type Delivery } from './mmsc-confirmation.ts';
import { contentEncodings, type RecordWithBody } from './rejudge.ts';
import type { MmscSettings, ProxySettings } from './settings.ts';
import { resolveTarget } from './target.ts';
import { releaseTransactionId, withTransactionId } from './transaction-id.ts';

/** What a delivery works with. */
export interface DeliveryParts {
  readonly settings: Pick<ProxySettings, 'mmsc' | 'allowedMmscs' | 'decode'>;
  readonly forwarder: Forwarder;
  readonly budget: ByteBudget;
}

/** Milliseconds after which a delivery is given up: before its claim runs out, so that no second one overlaps it. */
export const DELIVERY_MS_MAX = CLAIM_MS - 60_000;

/**
 * Sends a message as the proxy would have, under the transaction id of its release, and reads the confirmation. Where
 * that id cannot be put in, because the body has a content encoding or cannot be decoded, the original octets go.
 * Never rejects.
 */
export async function deliver(record: RecordWithBody, parts: DeliveryParts): Promise<Delivery> {
  const { settings, forwarder, budget } = parts;
  const { method, authority, path } = record.http;
  const mmsc = mmscOf(authority, settings);
  if (mmsc === undefined) return { kind: 'failed', detail: `not sent: no MMSC ${authority} is configured` };
  const body = releaseBody(record, settings);
  const headers = withContentLength(record.http.headers, body.length);
  const hold = budget.open();
  try {
    const request = { mmsc, method, path, headers, body, hold };
    const result = await forwarder.send(request, AbortSignal.timeout(DELIVERY_MS_MAX));
    if (result.kind === 'failure') return { kind: 'failed', detail: FAILURES[result.code] };
    return readConfirmation(result, record.pduType, settings.decode);
  } finally {
    hold.release();
  }
}

/**
 * The MMSC that handsets name so. What names none of them came in origin form, for the default MMSC; with more than one
 * MMSC that would be a guess.
 */
function mmscOf(authority: string, settings: DeliveryParts['settings']): MmscSettings | undefined {
  const target = resolveTarget({ method: 'POST', target: `http://${authority}/`, host: undefined }, settings);
  if (target.kind === 'mmsc') return target.mmsc;
  return settings.allowedMmscs.length === 0 ? settings.mmsc : undefined;
}

function releaseBody(record: RecordWithBody, { decode }: Pick<ProxySettings, 'decode'>): Buffer {
  const isEncoded = contentEncodings(record).length > 0;
  const id = releaseTransactionId(record.id);
  return Buffer.from((isEncoded ? undefined : withTransactionId(record.body, id, decode)) ?? record.body);
}

/** The headers as they were, with the length of what is sent now. */
function withContentLength(headers: readonly string[], bodyBytes: number): string[] {
  const sent: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (name.toLowerCase() !== 'content-length') sent.push(name, headers[index + 1] ?? '');
  }
  return [...sent, 'Content-Length', `${bodyBytes}`];
}

/** What each failure means to the person who releases. */
const FAILURES: Readonly<Record<UpstreamFailureCode, string>> = {
  'connect-failed': 'not sent: no connection',
  'connect-timeout': 'not sent: no connection in time',
  'response-timeout': 'sent, but not answered in time: the MMSC may have taken it',
  reset: 'the connection broke before an answer: the MMSC may have taken it',
  'response-truncated': 'the answer was cut off: the MMSC may have taken it',
  'response-too-large': 'the answer was too large: the MMSC may have taken it',
  'response-overloaded': 'no memory for the answer: the MMSC may have taken it',
  'response-malformed': 'the answer was no HTTP: the MMSC may have taken it',
  aborted: 'given up: the MMSC may have taken it',
};
