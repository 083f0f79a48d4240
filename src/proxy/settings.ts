import type { NotInspectedAction } from '../policy/decide.ts';

/** PEM texts (not paths) of one TLS end. `ca` is what the other side is checked against. */
export interface TlsSettings {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
}

/** Where the handsets connect to. Without `tls` the listener speaks plain HTTP. */
export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsSettings & { readonly clientCertificate: 'none' | 'required' };
}

/** One MMSC that requests may go to. */
export interface MmscSettings {
  /** The authority that handsets name in an absolute-form request, lower case, without port. */
  readonly host: string;
  /** The port that handsets name (80 or 443 where the URL has none). */
  readonly port: number;
  /** Where the connection really goes: the name above often resolves only inside the MMS APN. */
  readonly connect: { readonly protocol: 'http:' | 'https:'; readonly host: string; readonly port: number };
  readonly tls?: TlsSettings & { readonly serverName?: string };
}

/** Everything the proxy needs to know; plain data, made by `app` from the configuration file. Bytes and milliseconds. */
export interface ProxySettings {
  readonly listen: ListenSettings;
  /** Origin-form requests go here. It is on the allow-list of absolute-form requests as well. */
  readonly mmsc: MmscSettings;
  /** Further MMSCs that absolute-form requests may name, by host and port. */
  readonly allowedMmscs: readonly MmscSettings[];
  readonly headers: {
    /** Removed from every request, lower case: a profile URL makes the MMSC fetch what a subscriber names. */
    readonly strip: readonly string[];
    /** Subscriber identity headers, lower case: kept only when the peer is a trusted gateway. */
    readonly identity: readonly string[];
    /** CIDR blocks of the gateways whose identity headers are believed. */
    readonly trustedGateways: readonly string[];
    /** The name that the proxy puts into Via (RFC 9110, 7.6.3). */
    readonly viaName: string;
  };
  readonly limits: {
    /** Bytes of one request or response body, declared or received. */
    readonly bodyBytesMax: number;
    /** Bytes of one request's or response's header section. */
    readonly headerBytesMax: number;
    /** Open handset connections; one more is closed at once. */
    readonly connectionsMax: number;
    /** Body bytes held by all exchanges together; over it a request is refused with a transient status. */
    readonly heldBytesMax: number;
    /** Connections kept to one MMSC. */
    readonly mmscConnectionsMax: number;
  };
  readonly timeouts: {
    /** From connection to complete request header. */
    readonly requestHeaderMs: number;
    /** From the first byte to the complete request body. */
    readonly requestBodyMs: number;
    /** An idle kept-alive handset connection. */
    readonly idleMs: number;
    /** Connecting to the MMSC. */
    readonly mmscConnectMs: number;
    /** From the request sent to the complete answer of the MMSC. */
    readonly mmscResponseMs: number;
    /** What is in flight at SIGTERM may take this long. */
    readonly drainMs: number;
  };
  readonly notInspected: { readonly outbound: NotInspectedAction; readonly inbound: NotInspectedAction };
  /** What the subscriber reads when the proxy itself answers. */
  readonly texts: { readonly refused: string; readonly tryLater: string };
}
