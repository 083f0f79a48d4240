import type { z } from 'zod';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { isConnectable, parseConnectTo, parseMmscUrl } from './mmsc-address.ts';

/**
 * Rules between keys. Each says what would otherwise be ignored in silence, or never work. They are run when the keys
 * of their own group are right by themselves.
 */
type Rule<T> = (value: T, context: z.RefinementCtx) => void;

interface ListenTls {
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly clientCaFile: string | null;
  readonly clientCertificate: 'none' | 'required';
}

interface Mmsc {
  readonly url: string;
  readonly connectTo: string | null;
  readonly tls: {
    readonly caFile: string | null;
    readonly certFile: string | null;
    readonly keyFile: string | null;
    readonly serverName: string | null;
  };
}

interface Limits {
  readonly bodyBytesMax: number;
  readonly heldBytesMax: number;
}

interface Storage {
  readonly sqliteFile: string | null;
  readonly postgresUrl: string | null;
}

interface Quarantine {
  readonly publicUrl: string | null;
  readonly pushGatewayUrl: string | null;
}

interface Actions {
  readonly severities: object;
  readonly notInspected: object;
  readonly entries: readonly { readonly action: string; readonly state: string }[];
}

interface Whole {
  readonly storage: Storage;
  readonly policy: Actions & { readonly profiles: readonly Actions[] };
  readonly listen: { readonly name: string };
  readonly furtherListeners: readonly { readonly name: string }[];
  readonly mmsc: Mmsc;
  readonly allowedMmscs: readonly Mmsc[];
  readonly limits: Limits;
  readonly codec: { readonly limits: { readonly pduBytesMax: number } };
}

/** Certificate and key go together; client certificates need TLS and an authority. */
export const checkListenTls: Rule<ListenTls> = (tls, context) => {
  checkCertificatePair(tls, context, []);
  const isRequired = tls.clientCertificate === 'required';
  if (isRequired && tls.certFile === null) add(context, ['clientCertificate'], 'needs certFile and keyFile');
  if (isRequired && tls.clientCaFile === null) add(context, ['clientCertificate'], 'needs clientCaFile');
  if (!isRequired && tls.clientCaFile !== null) {
    add(context, ['clientCaFile'], 'has no effect while clientCertificate is none');
  }
};

/** The address can be connected to, and TLS keys stand only where TLS is spoken. */
export const checkMmsc: Rule<Mmsc> = (mmsc, context) => {
  const url = parseMmscUrl(mmsc.url);
  if (url === undefined) return;
  if (mmsc.connectTo === null && !isConnectable(url.host)) {
    add(context, ['url'], 'has a host that is neither a name nor an IP address; set connectTo');
  }
  checkCertificatePair(mmsc.tls, context, ['tls']);
  const connect = mmsc.connectTo === null ? url : parseConnectTo(mmsc.connectTo, url.protocol);
  const isPlain = connect?.protocol === 'http:';
  if (isPlain && Object.values(mmsc.tls).some((value) => value !== null)) {
    add(context, ['tls'], 'has no effect: the connection to this MMSC is plain http');
  }
};

/** One message must fit into what all exchanges together may hold. */
export const checkLimits: Rule<Limits> = (limits, context) => {
  if (limits.heldBytesMax < limits.bodyBytesMax) {
    add(context, ['heldBytesMax'], `must be at least limits.bodyBytesMax (${limits.bodyBytesMax})`);
  }
};

/** One database, or none. */
export const checkStorage: Rule<Storage> = (storage, context) => {
  if (storage.sqliteFile !== null && storage.postgresUrl !== null) {
    add(context, ['postgresUrl'], 'is one database too many beside sqliteFile');
  }
};

/** Announced messages are fetched from somewhere. */
export const checkQuarantine: Rule<Quarantine> = (quarantine, context) => {
  if (quarantine.pushGatewayUrl !== null && quarantine.publicUrl === null) {
    add(context, ['publicUrl'], 'is needed by pushGatewayUrl');
  }
};

interface Named {
  readonly name: string;
}

/** Reports tell entries apart by their names. */
export const checkEntries: Rule<readonly Named[]> = (entries, context) => {
  checkNames(entries, context, new Set());
};

/** The same for profiles; the keys outside of them are the profile of that name. */
export const checkProfiles: Rule<readonly Named[]> = (profiles, context) => {
  checkNames(profiles, context, new Set([DEFAULT_POLICY.fallback.name]));
};

function checkNames(items: readonly Named[], context: z.RefinementCtx, taken: Set<string>): void {
  for (const [index, { name }] of items.entries()) {
    if (taken.has(name)) add(context, [index, 'name'], `is taken: ${name}`);
    taken.add(name);
  }
}

/** No message is accepted that the decoder then gives up, and no MMSC is named twice. */
export const checkAcrossGroups: Rule<Whole> = (config, context) => {
  const { bodyBytesMax } = config.limits;
  if (config.codec.limits.pduBytesMax < bodyBytesMax) {
    const message = `must be at least limits.bodyBytesMax (${bodyBytesMax}): larger messages would not be inspected`;
    add(context, ['codec', 'limits', 'pduBytesMax'], message);
  }
  checkQuarantineHasStorage(config, context);
  const listeners = new Set([config.listen.name]);
  for (const [index, { name }] of config.furtherListeners.entries()) {
    if (listeners.has(name)) add(context, ['furtherListeners', index, 'name'], 'names another listener, too');
    listeners.add(name);
  }
  const named = new Set([nameOf(config.mmsc)]);
  for (const [index, mmsc] of config.allowedMmscs.entries()) {
    const name = nameOf(mmsc);
    if (named.has(name)) add(context, ['allowedMmscs', index, 'url'], `names ${name}, which is named before`);
    named.add(name);
  }
};

/** Nothing can be kept where there is nowhere to keep it. */
function checkQuarantineHasStorage({ storage, policy }: Whole, context: z.RefinementCtx): void {
  if (storage.sqliteFile !== null || storage.postgresUrl !== null) return;
  const profiles = policy.profiles.map((actions, index) => [['policy', 'profiles', index], actions] as const);
  for (const [path, { severities, notInspected, entries }] of [[['policy'], policy] as const, ...profiles]) {
    const kept = (actions: object): string[] =>
      Object.entries(actions).flatMap(([key, action]) => (action === 'quarantine' ? [key] : []));
    const keptEntries = entries.flatMap(({ action, state }, index) =>
      action === 'quarantine' && state !== 'off' ? [index] : [],
    );
    const places = [
      ...kept(severities).map((key) => ['severities', key]),
      ...kept(notInspected).map((key) => ['notInspected', key]),
      ...keptEntries.map((index) => ['entries', index, 'action']),
    ];
    for (const place of places) {
      add(context, [...path, ...place], 'needs a storage: set storage.sqliteFile or storage.postgresUrl');
    }
  }
}

function checkCertificatePair(
  tls: Pick<ListenTls, 'certFile' | 'keyFile'>,
  context: z.RefinementCtx,
  path: readonly string[],
): void {
  if (tls.certFile !== null && tls.keyFile === null)
    add(context, [...path, 'keyFile'], 'is needed by certFile');
  if (tls.certFile === null && tls.keyFile !== null)
    add(context, [...path, 'certFile'], 'is needed by keyFile');
}

/** Host and port as the proxy compares them: http://mmsc/ and https://mmsc:80/ are one. */
function nameOf(mmsc: Mmsc): string {
  const address = parseMmscUrl(mmsc.url);
  return address === undefined ? mmsc.url : `${address.host}:${address.port}`;
}

function add(context: z.RefinementCtx, path: readonly (string | number)[], message: string): void {
  context.addIssue({ code: 'custom', path: [...path], message });
}
