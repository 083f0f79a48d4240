import type { MmscSettings, ProxySettings } from './settings.ts';

/** Why a request goes to no MMSC. */
export type TargetRefusalCode = 'method-not-allowed' | 'target-malformed' | 'mmsc-not-allowed';

/** Where a request goes, or the HTTP answer to one that goes nowhere. */
export type Target =
  | {
      readonly kind: 'mmsc';
      readonly mmsc: MmscSettings;
      /** The authority that the handset named: the Host header that the MMSC gets. */
      readonly authority: string;
      /** Path and query exactly as received; never parsed and written again. */
      readonly path: string;
    }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 405; readonly code: TargetRefusalCode };

/** What of a request decides where it goes. */
export interface TargetRequest {
  readonly method: string;
  /** The request target of the request line, as received. */
  readonly target: string;
  /** The Host header, undefined when absent or empty. */
  readonly host: string | undefined;
}

/** The methods of MM1. HEAD is there because a GET is allowed. */
export const METHODS: ReadonlySet<string> = new Set(['POST', 'GET', 'HEAD']);

const ABSOLUTE_FORM = /^(https?):\/\/([^/?#]*)(.*)$/i;

/** A registered name, IPv4, or bracketed IPv6, and a port without leading zeros. No userinfo, no percent-encoding. */
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._~-]+)(?::([1-9]\d{0,4})?)?$/i;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * Finds the MMSC of a request (RFC 9112, 3.2). Origin form goes to the configured MMSC; absolute form goes to an MMSC on
 * the allow-list whose host and port are the named ones. Hosts are compared letter by letter but for case: `mmsc.` is
 * not `mmsc`, and `010.0.0.1` is not `10.0.0.1`, so no spelling reaches a host that was not written down. The absolute
 * form overrules the Host header (RFC 9112, 3.2.2). Pure.
 */
export function resolveTarget(
  request: TargetRequest,
  settings: Pick<ProxySettings, 'mmsc' | 'allowedMmscs'>,
): Target {
  if (!METHODS.has(request.method)) return refused('method-not-allowed');
  // A fragment is never sent (RFC 9112, 3.2); a server that cuts it off and one that does not see two resources.
  if (request.target.includes('#')) return refused('target-malformed');
  if (request.target.startsWith('/')) {
    const authority = request.host ?? authorityOf(settings.mmsc);
    return { kind: 'mmsc', mmsc: settings.mmsc, authority, path: request.target };
  }
  const named = parseAbsoluteForm(request.target);
  if (named === undefined) return refused('target-malformed');
  const mmsc = [settings.mmsc, ...settings.allowedMmscs].find((candidate) => isNamed(candidate, named));
  if (mmsc === undefined) return refused('mmsc-not-allowed');
  return { kind: 'mmsc', mmsc, authority: named.authority, path: named.path };
}

interface NamedTarget {
  readonly authority: string;
  /** Lower case, IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function parseAbsoluteForm(target: string): NamedTarget | undefined {
  const [, scheme = '', authority = '', rest = ''] = ABSOLUTE_FORM.exec(target) ?? [];
  const [, host, port] = AUTHORITY.exec(authority) ?? [];
  if (host === undefined) return undefined;
  return {
    authority,
    host: host.toLowerCase(),
    port: Number(port ?? DEFAULT_PORTS[scheme.toLowerCase()]),
    path: rest.startsWith('/') ? rest : `/${rest}`,
  };
}

function isNamed(mmsc: MmscSettings, named: NamedTarget): boolean {
  return mmsc.port === named.port && bracketed(mmsc.host.toLowerCase()) === named.host;
}

/** The authority of an MMSC as a handset would write it. */
export function authorityOf(mmsc: MmscSettings): string {
  const host = bracketed(mmsc.host);
  return mmsc.port === 80 ? host : `${host}:${mmsc.port}`;
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

const REFUSAL_STATUSES = {
  'method-not-allowed': 405,
  'target-malformed': 400,
  'mmsc-not-allowed': 403,
} as const;

function refused(code: TargetRefusalCode): Target {
  return { kind: 'refused', status: REFUSAL_STATUSES[code], code };
}
