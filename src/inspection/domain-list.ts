/** Lists of domains. A domain stands for every host under it, label by label. */

/** Domains in the form that the platform's URL gives: lower case, punycode. */
export type DomainList = ReadonlySet<string>;

/** Octets of a host name (RFC 1035, 2.3.4). Longer ones resolve nowhere, so they are on no list. */
export const HOSTNAME_LENGTH_MAX = 253;

/** A domain, or an IP address, as people write it (in any letters, with or without a `*.` before it); undefined for else. */
export function domainOf(entry: string): string | undefined {
  const bare = entry
    .trim()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  const url = /[/?#@\\]/.test(bare) ? null : URL.parse(`http://${bare}`);
  return url === null || url.port !== '' ? undefined : url.hostname;
}

/** A list of domains. Entries that are none are left out. */
export function domainListOf(entries: readonly string[]): DomainList {
  return new Set(entries.flatMap((entry) => domainOf(entry) ?? []));
}

/** True when the host, or a domain that it is under, is on the list. `notevil.example` is not under `evil.example`. */
export function isListed(domains: DomainList, hostname: string): boolean {
  if (domains.size === 0 || hostname.length > HOSTNAME_LENGTH_MAX) return false;
  for (let suffix = hostname; ;) {
    if (domains.has(suffix)) return true;
    const dot = suffix.indexOf('.');
    if (dot < 0) return false;
    suffix = suffix.slice(dot + 1);
  }
}
