/** Tells recipients of released messages through a push gateway. */
import { randomUUID } from 'node:crypto';
import type { DecodeOptions } from '../codec/pdu.ts';
import { authenticatedSender } from './authenticated-sender.ts';
import { papMessage, readPapAnswer, type PapRequest } from './pap-message.ts';
import type { RecordWithBody } from './rejudge.ts';
import { releasedNotification } from './released-notification.ts';
import type { ReleasedTokens } from './released-token.ts';
import type { ProxySettings } from './settings.ts';

/** How a push gateway is reached. */
export interface PushGatewaySettings {
  /** Where PAP messages are posted to, http or https. */
  readonly url: string;
  /** Value of an Authorization header; undefined: none. */
  readonly authorization: string | undefined;
  /** What the URLs of released messages begin with, as handsets reach the proxy; without a slash at its end. */
  readonly publicUrl: string;
  /** Milliseconds until the gateway must have answered. */
  readonly timeoutMs: number;
}

/** What an announcer is made of. */
export interface PushAnnouncerParts {
  readonly gateway: PushGatewaySettings;
  readonly settings: {
    readonly headers: Pick<ProxySettings['headers'], 'identity'>;
    readonly decode: DecodeOptions;
  };
  readonly tokens: ReleasedTokens;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

/** What became of an announcement. */
export type Announcement =
  | { readonly kind: 'announced' }
  /** No push gateway is configured. */
  | { readonly kind: 'no-gateway' }
  /** Nobody fetched the message, or nobody knows who it was. */
  | { readonly kind: 'no-recipient' }
  /** `detail` has no number in it. */
  | { readonly kind: 'failed'; readonly detail: string };

/** Octets that are read of a gateway's answer. */
export const PAP_ANSWER_BYTES_MAX = 64 * 1024;

/** An international number (ITU-T E.164): at most 15 digits. */
const NUMBER = /^\+?(\d{5,15})$/;

/** Announces released messages. */
export class PushAnnouncer {
  readonly #parts: PushAnnouncerParts;

  constructor(parts: PushAnnouncerParts) {
    this.#parts = parts;
  }

  /** Sends a fresh m-notification-ind to the subscriber who fetched the message. Never rejects. */
  async announce(record: RecordWithBody): Promise<Announcement> {
    const { gateway, settings, tokens, nowMs } = this.#parts;
    const number = recipientNumber(record, settings.headers);
    if (number === undefined) return { kind: 'no-recipient' };
    const transactionId = randomUUID();
    const contentLocation = `${gateway.publicUrl}${tokens.pathOf(record.id)}`;
    const facts = { transactionId, contentLocation, nowMs: nowMs() };
    const domain = new URL(gateway.url).hostname;
    const push = papMessage({
      pushId: `${transactionId}@${domain}`,
      number,
      domain,
      deliverBeforeMs: record.expiresAtMs,
      pdu: releasedNotification(record, facts, settings.decode),
      boundary: `mmsguard-${randomUUID()}`,
    });
    return post(push, gateway);
  }
}

/** The subscriber who fetched: as a trusted gateway named it, or the only recipient of the message. */
function recipientNumber(
  { http, envelope }: RecordWithBody,
  headers: Pick<ProxySettings['headers'], 'identity'>,
): string | undefined {
  if (http.method !== 'GET') return undefined;
  const [only, ...others] = envelope.recipients;
  const recipient = authenticatedSender(http.headers, headers) ?? (others.length === 0 ? only : undefined);
  const [, digits] = NUMBER.exec((recipient ?? '').replace(/\/TYPE=PLMN$/i, '')) ?? [];
  return digits === undefined ? undefined : `+${digits}`;
}

async function post(
  { contentType, body }: PapRequest,
  { url, authorization, timeoutMs }: PushGatewaySettings,
): Promise<Announcement> {
  const headers = {
    'content-type': contentType,
    // Nobody would own a connection that is kept.
    connection: 'close',
    ...(authorization !== undefined && { authorization }),
  };
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
    return announcementOf(response.status, await boundedText(response));
  } catch (error) {
    return { kind: 'failed', detail: failureOf(error) };
  }
}

function announcementOf(status: number, text: string | undefined): Announcement {
  if (text === undefined)
    return { kind: 'failed', detail: `an answer of over ${PAP_ANSWER_BYTES_MAX} octets` };
  if (status < 200 || status > 299) return { kind: 'failed', detail: `HTTP ${status}` };
  const answer = readPapAnswer(text);
  if (answer === undefined) return { kind: 'failed', detail: 'the answer is no push-response' };
  const isTaken = answer.code >= 1000 && answer.code <= 1999;
  return isTaken ? { kind: 'announced' } : { kind: 'failed', detail: `push-response ${answer.code}` };
}

async function boundedText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > PAP_ANSWER_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString();
}

/** What `fetch` throws for a network that fails, or a time that is over; anything else is a bug. */
function failureOf(error: unknown): string {
  if (error instanceof DOMException) return 'no answer in time';
  if (error instanceof TypeError) return error.cause instanceof Error ? error.cause.message : error.message;
  throw error;
}
