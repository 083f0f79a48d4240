/** The host of an address: in which spelling it stands there, and whether it leads into a private network. */
import type { FoundUrl } from './url-finder.ts';
import { FORMAT_CHARACTERS } from './text-characters.ts';

/** How a host is spelled: a name, or one of the ways to write an IP address that browsers accept. */
export type HostKind =
  | 'name'
  | 'ipv4-dotted'
  | 'ipv4-hex'
  | 'ipv4-octal'
  | 'ipv4-decimal'
  | 'ipv4-short'
  /** Letters are percent-encoded, or digits are those of another script. */
  | 'ipv4-encoded'
  | 'ipv6';

/**
 * The address as browsers read it (WHATWG URL), whatever its scheme; undefined where they refuse it. What cannot be seen
 * is dropped when nothing else helps: the handset may do so.
 */
export function parsedAddress({ scheme, body }: FoundUrl): URL | undefined {
  const start = scheme === 'https' ? 'https://' : 'http://';
  return URL.parse(start + body) ?? URL.parse(start + body.replaceAll(FORMAT_CHARACTERS, '')) ?? undefined;
}

/** The host name of a parsed address, lower case, without the root's dot. */
export function hostnameOf(parsed: URL): string {
  return parsed.hostname.replace(/\.$/, '');
}

/** How the host of an address is spelled. */
export function hostKindOf(body: string, parsed: URL): HostKind {
  const hostname = hostnameOf(parsed);
  if (hostname.startsWith('[')) return 'ipv6';
  return ipv4Octets(hostname) === undefined ? 'name' : ipv4KindOf(spelledHost(body));
}

/** The host between user and port, as it stands there. */
function spelledHost(body: string): string {
  const [authority = ''] = body.split(/[/?#\\]/, 1);
  const [host = ''] = authority.slice(authority.lastIndexOf('@') + 1).split(':', 1);
  return host.replace(/\.$/, '').toLowerCase();
}

/** The first that holds names the spelling. */
const IPV4_SPELLINGS: readonly (readonly [RegExp, HostKind])[] = [
  [/[^0-9a-fx.]/, 'ipv4-encoded'],
  [/(?:^|\.)0x/, 'ipv4-hex'],
  [/(?:^|\.)0\d/, 'ipv4-octal'],
  [/^\d+$/, 'ipv4-decimal'],
  [/^\d+\.\d+(?:\.\d+)?$/, 'ipv4-short'],
];

function ipv4KindOf(host: string): HostKind {
  return IPV4_SPELLINGS.find(([pattern]) => pattern.test(host))?.[1] ?? 'ipv4-dotted';
}

function ipv4Octets(hostname: string): number[] | undefined {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? hostname.split('.').map(Number) : undefined;
}

/** Networks that no message from outside has business in: first octets of the address (RFC 1918, 6890, 6598). */
const PRIVATE_IPV4: readonly ((first: number, second: number) => boolean)[] = [
  (first) => first === 0 || first === 10 || first === 127,
  (first, second) => first === 100 && second >= 64 && second < 128,
  (first, second) => first === 169 && second === 254,
  (first, second) => first === 172 && second >= 16 && second < 32,
  (first, second) => first === 192 && second === 168,
];

/** Unspecified, loopback, unique local and link-local (RFC 4291, 4193), in the one spelling that the platform gives. */
const PRIVATE_IPV6 = /^\[(?:::1?\]|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;

/** IPv4 inside IPv6 (RFC 4291, 2.5.5.2). */
const MAPPED_IPV4 = /^\[::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}\]$/;

/** True for an address of a private network, or of the handset itself by number or by the name `localhost`. */
export function isPrivateHost(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  const mapped = MAPPED_IPV4.exec(hostname)?.[1];
  const upper = mapped === undefined ? undefined : Number.parseInt(mapped, 16);
  const octets = upper === undefined ? ipv4Octets(hostname) : [upper >> 8, upper & 0xff];
  const [first, second] = octets ?? [];
  if (first === undefined || second === undefined) return PRIVATE_IPV6.test(hostname);
  return PRIVATE_IPV4.some((isIn) => isIn(first, second));
}
