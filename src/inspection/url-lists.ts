/** The operator's lists for addresses, brought once into the form in which they are looked up. Plain data. */
import { domainListOf, domainOf, isListed, type DomainList } from './domain-list.ts';
import { brandIndexOf, type BrandIndex } from './url-brands.ts';
import { hostnameOf } from './url-host.ts';

/** What addresses are compared with. */
export interface UrlLists {
  readonly blockedDomains: DomainList;
  /** Keys of single pages. */
  readonly blockedPages: ReadonlySet<string>;
  readonly shorteners: DomainList;
  readonly brands: BrandIndex;
}

/** The lists that an operator may give beside the one of what is blocked. */
export interface ExtraUrlLists {
  /** Added to `SHORTENERS`. */
  readonly shorteners?: readonly string[];
  /** Word of the brand → its domains. */
  readonly brands?: Readonly<Record<string, readonly string[]>>;
}

/** Hosts whose addresses tell nothing of where they lead. */
export const SHORTENERS: readonly string[] = [
  ...[
    'adf.ly',
    'bit.do',
    'bit.ly',
    'bitly.com',
    'bl.ink',
    'buff.ly',
    'clck.ru',
    'cutt.ly',
    'dlvr.it',
    'dub.sh',
  ],
  ...[
    'goo.gl',
    'goo.su',
    'is.gd',
    'kutt.it',
    'lnkd.in',
    'n9.cl',
    'ouo.io',
    'ow.ly',
    'po.st',
    'qr.ae',
    'rb.gy',
  ],
  ...[
    'rebrand.ly',
    's.id',
    'short.io',
    'shorte.st',
    'shorturl.at',
    'snip.ly',
    'soo.gd',
    't.co',
    't.ly',
    't2m.io',
  ],
  ...['tiny.cc', 'tinyurl.com', 'tr.im', 'trib.al', 'u.to', 'urlz.fr', 'v.gd', 'vk.cc', 'x.co', 'x.gd'],
];

/** What an entry of a list of blocked addresses stands for. */
export type BlockedEntry =
  /** A domain, and every host under it. */
  | { readonly kind: 'domain'; readonly domain: string }
  /** One page, whatever its scheme. */
  | { readonly kind: 'page'; readonly key: string };

/**
 * Reads an entry of a list of blocked addresses: a domain, or an address, which means its domain when it has neither
 * path nor query. Undefined for what is neither.
 */
export function blockedEntryOf(entry: string): BlockedEntry | undefined {
  const bare = entry.trim();
  const domain = domainOf(bare.replace(/^https?:\/\/([^/]*)\/?$/i, '$1'));
  if (domain !== undefined) return { kind: 'domain', domain };
  const url = URL.parse(bare.includes('://') ? bare : `http://${bare}`);
  return url === null || url.hostname === '' ? undefined : { kind: 'page', key: pageKeyOf(url) };
}

/** The lists in the form in which they are looked up. Entries that cannot be read are left out. Never throws. */
export function urlLists(
  blocked: readonly string[] = [],
  { shorteners = [], brands = {} }: ExtraUrlLists = {},
): UrlLists {
  const entries = blocked.flatMap((entry) => blockedEntryOf(entry) ?? []);
  return {
    blockedDomains: new Set(entries.flatMap((entry) => (entry.kind === 'domain' ? entry.domain : []))),
    blockedPages: new Set(entries.flatMap((entry) => (entry.kind === 'page' ? entry.key : []))),
    shorteners: domainListOf([...SHORTENERS, ...shorteners]),
    brands: brandIndexOf(brands),
  };
}

/** The lists of an operator who has given none. */
export const DEFAULT_URL_LISTS: UrlLists = urlLists();

/** True when the address, or a domain that it is under, is on the operator's list. */
export function isBlocked({ blockedDomains, blockedPages }: UrlLists, parsed: URL): boolean {
  if (isListed(blockedDomains, hostnameOf(parsed))) return true;
  return blockedPages.size > 0 && blockedPages.has(pageKeyOf(parsed));
}

/** What makes two addresses the same page: neither scheme, nor user, nor fragment, which never reaches a server. */
function pageKeyOf(parsed: URL): string {
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  return hostnameOf(parsed) + port + parsed.pathname + parsed.search;
}
