/** Messages of the Push Access Protocol (WAP-247-PAP-20010429-a): what a push gateway is sent, and answers. */
import { markupTokens } from '../inspection/xml-tokens.ts';

/** One push. */
export interface PapPush {
  /** Unique among all pushes. */
  readonly pushId: string;
  /** International number of the subscriber, with its `+`. */
  readonly number: string;
  /** Domain of the gateway, in the addresses of subscribers. */
  readonly domain: string;
  readonly deliverBeforeMs: number;
  /** The MMS PDU. */
  readonly pdu: Uint8Array;
  /** Occurs nowhere in the PDU. */
  readonly boundary: string;
}

/** A request body and its type. */
export interface PapRequest {
  readonly contentType: string;
  readonly body: Buffer;
}

/** What a gateway said: 1000 to 1999 is success (section 9.14). */
export interface PapAnswer {
  readonly code: number;
  readonly description: string;
}

/** Writes a push-message: the control entity, and the PDU for the MMS user agent (section 8.2). Pure. */
export function papMessage(push: PapPush): PapRequest {
  const { boundary, pdu } = push;
  const head = [
    `--${boundary}`,
    'Content-Type: application/xml',
    '',
    controlEntity(push),
    `--${boundary}`,
    'Content-Type: application/vnd.wap.mms-message',
    'X-Wap-Application-Id: x-wap-application:mms.ua',
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/related; boundary="${boundary}"; type="application/xml"`,
    body: Buffer.concat([Buffer.from(head), pdu, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

function controlEntity({ pushId, number, domain, deliverBeforeMs }: PapPush): string {
  const address = `WAPPUSH=${number}/TYPE=PLMN@${domain}`;
  // Seconds, without a fraction (section 9.2).
  const before = new Date(deliverBeforeMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 2.0//EN" "http://www.wapforum.org/DTD/pap_2.0.dtd">',
    '<pap>',
    `<push-message push-id="${escaped(pushId)}" deliver-before-timestamp="${before}">`,
    `<address address-value="${escaped(address)}"/>`,
    '<quality-of-service delivery-method="unconfirmed"/>',
    '</push-message>',
    '</pap>',
  ].join('\r\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Elements that say how a push went. */
const RESULTS: ReadonlySet<string> = new Set(['response-result', 'badmessage-response']);

/** Reads a push-response or badmessage-response; undefined for anything else. Pure, never throws. */
export function readPapAnswer(text: string): PapAnswer | undefined {
  for (const token of markupTokens(text, 'xml')) {
    if (token.kind !== 'start' || !RESULTS.has(token.name)) continue;
    const valueOf = (name: string): string | undefined =>
      token.attributes.find((attribute) => attribute.localName === name)?.value;
    const code = valueOf('code') ?? '';
    return /^\d{4}$/.test(code) ? { code: Number(code), description: valueOf('desc') ?? '' } : undefined;
  }
  return undefined;
}
