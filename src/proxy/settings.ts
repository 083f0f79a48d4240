import type { DecodeOptions } from '../codec/pdu.ts';
import type { Severity } from '../inspection/finding.ts';
import type { PolicySettings } from '../policy/policy-settings.ts';
import type { SenderTold } from '../storage/quarantine-store.ts';
import type { TextSettings } from './notice-texts.ts';
import type { ReplySettings } from './reply-reasons.ts';

/** PEM texts (not paths) of one TLS end. `ca` is what the other side is checked against. */
export interface TlsSettings {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
}

/** What becomes of a message that should be kept and cannot be. */
export type UnheldAction = 'throttle' | 'refuse' | 'forward';

/** How stopped messages are kept. */
export interface QuarantineSettings {
  /** What the sender is told of a message that is kept: the false Ok of `accepted` promises a release. */
  readonly told: Extract<SenderTold, 'refused' | 'accepted'>;
  /** Inbound: keep it here and give a notice, or leave it in the MMSC until it is released. */
  readonly inbound: 'keep' | 'leave';
  /** The store is at its limit. */
  readonly whenFull: UnheldAction;
  /** The store failed. */
  readonly whenFailed: UnheldAction;
  /** For how long a message is kept, by its worst severity. */
  readonly retentionMs: Readonly<Record<Severity, number>>;
}

/** Where the handsets connect to. Without `tls` the listener speaks plain HTTP. */
export interface ListenSettings {
  /** By which policies know it. */
  readonly name: string;
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
  /** Further addresses to listen on, each with its name. */
  readonly furtherListeners: readonly ListenSettings[];
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
  readonly policy: PolicySettings;
  readonly quarantine: QuarantineSettings;
  readonly strip: {
    /** True when a message keeps its length without its parts: it is billed by size. */
    readonly keepLength: boolean;
  };
  /** How a PDU is read again to take parts out: as for its scan. */
  readonly decode: DecodeOptions;
  /** Of the programs, for records. */
  readonly versions: Readonly<Record<string, string>>;
  /** What subscribers read when the proxy itself answers, and in messages without some of their parts. */
  readonly texts: TextSettings;
  readonly replies: ReplySettings;
}
