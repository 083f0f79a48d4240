/** What the headers of a PDU say that they should not: injected lines, a sender that is not the sender, foreign hosts. */
import type { EncodedString } from '../codec/encoded-string.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import type { FindingTable } from './finding.ts';
import type { MessageDetector, MessageReport } from './message-detector.ts';
import type { PartView } from './part-view.ts';

/** Findings about the headers of a PDU. */
export const PROTOCOL_FINDINGS = {
  'header-injection': {
    severity: 'high',
    description:
      'A header text holds a line end and what looks like a header after it: turned into HTTP or mail, it becomes one',
  },
  'address-control-characters': {
    severity: 'high',
    description: 'An address, or the name of a part, holds control characters, which no number or name has',
  },
  'from-not-authenticated': {
    severity: 'medium',
    description: 'From names another number than the one that the gateway has authenticated',
  },
  'from-address-given': {
    severity: 'info',
    description: 'From is an address, not the insert-address token, and the gateway has authenticated nobody',
  },
  'content-location-foreign': {
    severity: 'high',
    description: 'Content-Location leads the handset to a host that is no MMSC of ours',
  },
  'content-location-malformed': {
    severity: 'high',
    description: 'Content-Location is no HTTP address, carries user information, or is over 1 KiB',
  },
} as const satisfies FindingTable;

type ProtocolFindingCode = keyof typeof PROTOCOL_FINDINGS;

/** Octets of a Content-Location; real ones have a few hundred at most (threats, 8.4). */
export const CONTENT_LOCATION_LENGTH_MAX = 1024;

/** What the proxy knows of a message from outside of it. */
export interface ProtocolContext {
  /** The sender's number as the gateway has authenticated it; undefined when it has not. */
  readonly authenticatedSender: string | undefined;
  /** Hosts that handsets may be sent to, lower case; undefined when any will do. */
  readonly mmscHosts: ReadonlySet<string> | undefined;
}

/** A detector for messages of one context. */
export function protocolDetector(context: ProtocolContext): MessageDetector<ProtocolFindingCode> {
  return {
    name: 'protocol',
    findings: PROTOCOL_FINDINGS,
    detect({ pdu, parts, direction }, report) {
      reportInjection(pdu, report);
      reportControlCharacters(pdu, parts, report);
      if (direction === 'outbound') reportSender(pdu, context, report);
      else reportLocation(pdu, context, report);
    },
  };
}

const INJECTED_LINE = /[\r\n][ \t]*[A-Za-z][A-Za-z0-9-]{0,63}[ \t]{0,8}:/;

function reportInjection(pdu: MmsPdu, report: MessageReport<ProtocolFindingCode>): void {
  const named: [string, unknown][] = [
    ...Object.entries(pdu.headers),
    ...pdu.applicationHeaders.map(({ name, value }): [string, unknown] => [
      'application header',
      [name, value],
    ]),
  ];
  for (const [header, value] of named) {
    if (textsIn(value).some((text) => INJECTED_LINE.test(text)))
      report('header-injection', { evidence: { header } });
  }
}

/** Header values are at most this deep: a list of pairs of a count and a text. */
const VALUE_DEPTH_MAX = 4;

/** Every text in a header value, whatever its shape. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return depth < VALUE_DEPTH_MAX ? Object.values(value).flatMap((inner) => textsIn(inner, depth + 1)) : [];
}

const CONTROL_CHARACTERS = /\p{Cc}/u;

function reportControlCharacters(
  { headers }: MmsPdu,
  parts: readonly PartView[],
  report: MessageReport<ProtocolFindingCode>,
): void {
  const {
    from,
    to = [],
    cc = [],
    bcc = [],
    transactionId = '',
    messageId = '',
    contentLocation = '',
  } = headers;
  const addresses: readonly EncodedString[] = [
    ...(from?.kind === 'address' ? [from.address] : []),
    ...to,
    ...cc,
    ...bcc,
  ];
  const texts = [...addresses.map(({ text }) => text), transactionId, messageId, contentLocation];
  if (texts.some((text) => CONTROL_CHARACTERS.test(text))) report('address-control-characters');
  for (const { index, fileName } of parts) {
    if (CONTROL_CHARACTERS.test(fileName)) report('address-control-characters', { part: index });
  }
}

function reportSender(
  { headers }: MmsPdu,
  { authenticatedSender }: ProtocolContext,
  report: MessageReport<ProtocolFindingCode>,
): void {
  if (headers.from?.kind !== 'address') return;
  if (authenticatedSender === undefined) report('from-address-given');
  else if (!isSameNumber(headers.from.address.text, authenticatedSender)) report('from-not-authenticated');
}

/**
 * Digits of a number, without its type (`/TYPE=PLMN`), the international prefix and what people write between digits.
 * An address that is no number stays as it is, in lower case.
 */
function numberOf(address: string): string {
  const [bare = ''] = address.trim().split('/');
  const compact = bare.replaceAll(/[\s().-]/g, '');
  return /^(\+|00)?\d+$/.test(compact) ? compact.replace(/^(\+|00)/, '') : address.trim().toLowerCase();
}

function isSameNumber(one: string, other: string): boolean {
  return numberOf(one) === numberOf(other);
}

function reportLocation(
  { headers }: MmsPdu,
  { mmscHosts }: ProtocolContext,
  report: MessageReport<ProtocolFindingCode>,
): void {
  const { contentLocation } = headers;
  if (contentLocation === undefined) return;
  const url = URL.parse(contentLocation.trim());
  const isPlain =
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    contentLocation.length <= CONTENT_LOCATION_LENGTH_MAX;
  if (!isPlain) report('content-location-malformed');
  else if (mmscHosts !== undefined && !mmscHosts.has(url.hostname)) report('content-location-foreign');
}
