/** Addresses in the text of a part that deceive, or lead to what no message should lead to (threats, 7). */
import { isMixedScript, passesForLatin } from './confusables.ts';
import type { FindingTable, Report } from './finding.ts';
import type { PartDetector } from './part-view.ts';
import { BIDI_CONTROL, HIDDEN_IN_URL, RIGHT_TO_LEFT_OVERRIDE } from './text-characters.ts';
import { brandUseOf } from './url-brands.ts';
import { isListed } from './domain-list.ts';
import { urlsOf, type FoundUrl } from './url-finder.ts';
import { hostKindOf, hostnameOf, isPrivateHost, parsedAddress, type HostKind } from './url-host.ts';
import { DEFAULT_URL_LISTS, isBlocked, type UrlLists } from './url-lists.ts';
import { PUNYCODE_PREFIX, unicodeLabels } from './url-punycode.ts';
import { scored } from './severity-score.ts';

/** Findings about addresses. The scores are those of the threat table. */
export const URL_FINDINGS = {
  'url-listed': scored(90, "The address, or the domain that it is under, is on the operator's list"),
  'url-ip-address': scored(45, 'The host is an IP address in place of a name'),
  'url-private-address': scored(65, 'The host is of a private network, or the handset itself'),
  'url-userinfo': scored(55, 'A user name stands before the host, where readers take it for the host'),
  'url-punycode': scored(35, 'The host name has letters beyond ASCII'),
  'url-mixed-script': scored(60, 'A label of the host name mixes Latin, Cyrillic and Greek letters'),
  'url-whole-script': scored(
    60,
    'A label of the host name looks Latin and has no Latin letter, under a Latin domain',
  ),
  'url-hidden-character': scored(60, 'An invisible character stands inside the address'),
  'url-bidi-control': scored(60, 'The address is shown in another order than it is read in'),
  'url-shortener': scored(25, 'The address is of a service that hides where it leads'),
  'url-installer': scored(65, 'The address leads straight to an app package or a configuration profile'),
  'url-app-install': scored(65, 'The address makes an iPhone offer to install an app from outside the store'),
  'url-intent': scored(65, 'The address makes Android start an app with values from the message'),
  'url-script': scored(65, 'The address is a program or a page by itself, and leads nowhere'),
  'url-dial-code': scored(65, 'The address dials a service code, which some handsets carry out unasked'),
  'url-brand-word': scored(60, 'The host name has the word of a brand that is at home elsewhere'),
  'url-brand-look-alike': scored(
    70,
    'The host name looks like the word of a brand that is at home elsewhere',
  ),
  'url-flood': {
    ...scored(45, 'The text has more different addresses than are looked at'),
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

type UrlFindingCode = keyof typeof URL_FINDINGS;

/** Different addresses that are looked at in one part. The longest text that is read has room for three times as many. */
export const URLS_MAX = 10_000;

/** Reports what is to say of the addresses in a text part. Equal addresses are reported once. */
export const urlDetector: PartDetector<UrlFindingCode> = {
  name: 'url',
  findings: URL_FINDINGS,
  detect({ texts }, report, { urlLists = DEFAULT_URL_LISTS }) {
    const seen = new Set<string>();
    for (const text of texts) reportText(text, { seen, report, lists: urlLists });
  },
};

interface Search {
  readonly seen: Set<string>;
  readonly report: Report<UrlFindingCode>;
  readonly lists: UrlLists;
}

function reportText(text: string, search: Search): void {
  const isTurned = text.includes(RIGHT_TO_LEFT_OVERRIDE);
  for (const url of urlsOf(text)) {
    if (search.seen.has(url.spelling)) continue;
    if (search.seen.size === URLS_MAX) {
      search.report('url-flood', { evidence: { urls_max: URLS_MAX } });
      return;
    }
    search.seen.add(url.spelling);
    if (url.isLink) reportSpelling(url, isTurned, search.report);
    if (url.hasHost) reportAddress(url, search);
    else reportOpaque(url, search.report);
  }
}

function reportSpelling(
  { scheme, spelling }: FoundUrl,
  isTurned: boolean,
  report: Report<UrlFindingCode>,
): void {
  const evidence = { scheme };
  if (HIDDEN_IN_URL.test(spelling)) report('url-hidden-character', { evidence });
  if (isTurned || BIDI_CONTROL.test(spelling)) report('url-bidi-control', { evidence });
}

/** An address with a host, taken apart. */
interface Address {
  readonly parsed: URL;
  readonly hostname: string;
  readonly hostKind: HostKind;
  /** Labels of the host name in Unicode. */
  readonly labels: readonly string[];
  readonly lists: UrlLists;
}

const ADDRESS_SIGNALS: readonly (readonly [UrlFindingCode, (address: Address) => boolean])[] = [
  ['url-ip-address', ({ hostKind }) => hostKind !== 'name'],
  ['url-private-address', ({ hostname }) => isPrivateHost(hostname)],
  ['url-userinfo', ({ parsed }) => parsed.username !== '' || parsed.password !== ''],
  ['url-punycode', ({ hostname }) => hostname.split('.').some((label) => label.startsWith(PUNYCODE_PREFIX))],
  ['url-mixed-script', ({ labels }) => labels.some(isMixedScript)],
  ['url-whole-script', ({ labels }) => isUnderLatin(labels) && labels.some(passesForLatin)],
  ['url-shortener', ({ hostname, lists }) => isListed(lists.shorteners, hostname)],
  ['url-installer', ({ parsed }) => INSTALLER.test(percentDecoded(parsed.pathname))],
];

function reportAddress(url: FoundUrl, { report, lists }: Search): void {
  const parsed = parsedAddress(url);
  if (parsed === undefined) return;
  const hostname = hostnameOf(parsed);
  const hostKind = hostKindOf(url.body, parsed);
  const evidence = { scheme: url.scheme, host_kind: hostKind };
  if (isBlocked(lists, parsed)) report('url-listed', { evidence });
  if (!url.isLink) return;
  const labels = unicodeLabels(hostname);
  const address: Address = { parsed, hostname, hostKind, labels, lists };
  for (const [code, holds] of ADDRESS_SIGNALS) if (holds(address)) report(code, { evidence });
  const brandUse = brandUseOf(hostname, labels, lists.brands);
  if (brandUse !== undefined) report(`url-brand-${brandUse}`, { evidence });
}

/** A Cyrillic word under a Cyrillic domain is an honest name, whatever it looks like (the rule of Chromium). */
function isUnderLatin(labels: readonly string[]): boolean {
  return /^[a-z]+$/.test(labels.at(-1) ?? '');
}

/** What a handset installs: Android, iOS, Java and Symbian packages, and Apple's configuration profiles. */
const INSTALLER = /\.(?:apk|apks|xapk|ipa|mobileconfig|jad|sis|sisx)\/?$/i;

/** Percent-encoded ASCII undone: what is behind it is no letter of an extension or a code. */
function percentDecoded(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

interface OpaqueSignal {
  readonly schemes: readonly FoundUrl['scheme'][];
  /** Tested on what stands behind the colon, percent-decoded. */
  readonly body: RegExp;
  readonly code: UrlFindingCode;
}

const OPAQUE_SIGNALS: readonly OpaqueSignal[] = [
  { schemes: ['javascript', 'vbscript'], body: /^./, code: 'url-script' },
  { schemes: ['data'], body: /^(?:text\/html|application\/xhtml\+xml)/i, code: 'url-script' },
  { schemes: ['intent'], body: /#Intent;/i, code: 'url-intent' },
  { schemes: ['itms-services'], body: /^\/\/|action=/i, code: 'url-app-install' },
  { schemes: ['tel'], body: /^(?:\/\/)?[*#][\d*#]*#/, code: 'url-dial-code' },
];

function reportOpaque({ scheme, body }: FoundUrl, report: Report<UrlFindingCode>): void {
  const decoded = percentDecoded(body);
  for (const signal of OPAQUE_SIGNALS) {
    if (signal.schemes.includes(scheme) && signal.body.test(decoded))
      report(signal.code, { evidence: { scheme } });
  }
}
