/** Why the proxy cannot start. */
export type StartErrorCode =
  | 'address-in-use'
  | 'address-not-available'
  | 'address-forbidden'
  | 'address-unknown'
  | 'pem-unreadable'
  | 'pem-invalid'
  | 'pem-key-mismatch'
  /** A rule does not compile, cannot be read, or the set fails its self-test. */
  | 'rules-broken'
  | 'threads-failed'
  /** The keys of the storage are not there, or wrong. */
  | 'keys-invalid'
  /** The database cannot be opened. */
  | 'storage-unavailable'
  /** The admin side would be reached from elsewhere, and there is no token. */
  | 'tokens-needed';

/** One reason, for the operator. */
export interface StartError {
  readonly code: StartErrorCode;
  /** The configuration key that it is about. */
  readonly path: string;
  readonly message: string;
}

const LISTEN_CODES: Readonly<Record<string, { readonly code: StartErrorCode; readonly message: string }>> = {
  EADDRINUSE: { code: 'address-in-use', message: 'another program listens there' },
  EADDRNOTAVAIL: { code: 'address-not-available', message: 'this machine has no such address' },
  EACCES: { code: 'address-forbidden', message: 'permission denied; ports under 1024 need a privilege' },
  ENOTFOUND: { code: 'address-unknown', message: 'the host name cannot be resolved' },
  EAI_AGAIN: { code: 'address-unknown', message: 'the host name cannot be resolved now' },
};

/** Codes that another port would cure; the rest is about the host. */
const PORT_CODES: ReadonlySet<StartErrorCode> = new Set(['address-in-use', 'address-forbidden']);

/** What kept a listener from listening; undefined for an error that is none of the expected ones. */
export function listenError(
  error: unknown,
  listen: { readonly host: string; readonly port: number },
  group: 'listen' | 'admin' = 'listen',
): StartError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const row = LISTEN_CODES[code];
  if (row === undefined) return undefined;
  const path = `${group}.${PORT_CODES.has(row.code) ? 'port' : 'host'}`;
  return { code: row.code, path, message: `${listen.host} port ${listen.port}: ${row.message}` };
}

/** One line: `pem-invalid: listen.tls.certFile: …`. */
export function formatStartError({ code, path, message }: StartError): string {
  return `${code}: ${path}: ${message}`;
}
