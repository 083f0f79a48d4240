import { isIP } from 'node:net';

/** Protocol, host (lower case, IPv6 without brackets) and port of one end of a connection. */
export interface MmscAddress {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
}

/** A registered name, IPv4, or bracketed IPv6, and a port. No userinfo, path, query or percent-encoding. */
const AUTHORITY = String.raw`(\[[0-9a-f:.]+\]|[a-z0-9._~-]+)(?::([1-9]\d{0,4}))?`;
const MMSC_URL = new RegExp(String.raw`^(https?:)//${AUTHORITY}/?$`, 'i');
const CONNECT_TO = new RegExp(String.raw`^(?:(https?:)//)?${AUTHORITY}/?$`, 'i');

const PORT_MAX = 65_535;
const DEFAULT_PORTS = { 'http:': 80, 'https:': 443 } as const;

/**
 * Reads `http://host[:port]/` as handsets name an MMSC. The host is not normalised, for the proxy compares it letter by
 * letter: `010.0.0.1` stays what it is. Undefined for anything else, a path included. Never throws.
 */
export function parseMmscUrl(text: string): MmscAddress | undefined {
  const [, protocol = '', host = '', port] = MMSC_URL.exec(text) ?? [];
  return address(protocol, host, port);
}

/**
 * Reads `host:port`, or `https://host:port` to speak TLS where handsets name an http MMSC. Without a protocol it is
 * `protocol`. Undefined for anything else, and for a host that cannot be connected to. Never throws.
 */
export function parseConnectTo(text: string, protocol: MmscAddress['protocol']): MmscAddress | undefined {
  const [, ownProtocol = protocol, host = '', port] = CONNECT_TO.exec(text) ?? [];
  const parsed = address(ownProtocol, host, port);
  return parsed !== undefined && isConnectable(parsed.host) ? parsed : undefined;
}

/** False for an address that is neither a name nor an IP address: `010.0.0.1` is octal to some and decimal to others. */
export function isConnectable(host: string): boolean {
  return isIP(host) !== 0 || (!/^[\d.]+$/.test(host) && /^[a-z0-9._~-]+$/i.test(host));
}

function address(protocol: string, host: string, port: string | undefined): MmscAddress | undefined {
  if (host === '') return undefined;
  const scheme = protocol.toLowerCase() === 'https:' ? 'https:' : 'http:';
  const portNumber = Number(port ?? DEFAULT_PORTS[scheme]);
  if (portNumber > PORT_MAX) return undefined;
  return { protocol: scheme, host: host.replace(/^\[|\]$/g, '').toLowerCase(), port: portNumber };
}
