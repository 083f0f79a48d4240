import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { TlsSettings } from '../proxy/settings.ts';
import { readBoundedFile } from './bounded-file.ts';
import { formatPath } from './config-keys.ts';
import type { Config } from './config-schema.ts';
import type { StartError, StartErrorCode } from './start-error.ts';

/** Bytes of one PEM file; the bundle of all public authorities has about 220 KiB. */
export const PEM_FILE_BYTES_MAX = 1024 * 1024;

/** The PEM texts of a configuration, end by end. */
export interface TlsTexts {
  readonly listen: TlsSettings;
  /** One for each of `furtherListeners`, in its order. */
  readonly furtherListeners: readonly TlsSettings[];
  readonly mmsc: TlsSettings;
  /** One for each of `allowedMmscs`, in its order. */
  readonly allowedMmscs: readonly TlsSettings[];
}

/** PEM texts, or every file that cannot be used. */
export type TlsResult =
  | { readonly ok: true; readonly tls: TlsTexts }
  | { readonly ok: false; readonly errors: readonly StartError[] };

/** Reads and checks every PEM file that the configuration names. Never rejects. */
export async function readTlsFiles(config: Config): Promise<TlsResult> {
  const listen = await readEnd(['listen', 'tls'], config.listen.tls);
  const furtherListeners = await Promise.all(
    config.furtherListeners.map(({ tls }, index) => readEnd(['furtherListeners', index, 'tls'], tls)),
  );
  const mmsc = await readEnd(['mmsc', 'tls'], config.mmsc.tls);
  const allowedMmscs = await Promise.all(
    config.allowedMmscs.map(({ tls }, index) => readEnd(['allowedMmscs', index, 'tls'], tls)),
  );
  const errors = [listen, ...furtherListeners, mmsc, ...allowedMmscs].flatMap((end) => end.errors);
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    tls: {
      listen: listen.tls,
      furtherListeners: furtherListeners.map(({ tls }) => tls),
      mmsc: mmsc.tls,
      allowedMmscs: allowedMmscs.map(({ tls }) => tls),
    },
  };
}

interface End {
  readonly tls: TlsSettings;
  readonly errors: readonly StartError[];
}

/** The PEM keys of the configuration: what they become, and how a text is checked. */
const PEM_KEYS = {
  certFile: { setting: 'cert', check: checkCertificates },
  keyFile: { setting: 'key', check: checkKey },
  caFile: { setting: 'ca', check: checkCertificates },
  clientCaFile: { setting: 'ca', check: checkCertificates },
} as const;

type PemKey = keyof typeof PEM_KEYS;

async function readEnd(
  path: readonly PropertyKey[],
  files: Partial<Readonly<Record<PemKey, string | null>>>,
): Promise<End> {
  const texts: { cert?: string; key?: string; ca?: string } = {};
  const errors: StartError[] = [];
  for (const name of Object.keys(PEM_KEYS) as PemKey[]) {
    const file = files[name] ?? null;
    if (file === null) continue;
    const add = (code: StartErrorCode, message: string): void => {
      errors.push({ code, path: formatPath([...path, name]), message: `${file}: ${message}` });
    };
    const reading = await readBoundedFile(file, PEM_FILE_BYTES_MAX);
    if (!reading.ok) {
      add('pem-unreadable', reading.message);
      continue;
    }
    const text = reading.bytes.toString('latin1');
    const problem = PEM_KEYS[name].check(text);
    if (problem !== undefined) add('pem-invalid', problem);
    else texts[PEM_KEYS[name].setting] = text;
  }
  if (texts.cert !== undefined && texts.key !== undefined && !isPair(texts.cert, texts.key)) {
    const message = `${files.keyFile ?? ''}: is not the key of the certificate in ${files.certFile ?? ''}`;
    errors.push({ code: 'pem-key-mismatch', path: formatPath([...path, 'keyFile']), message });
  }
  return { tls: texts, errors };
}

const CERTIFICATE_START = '-----BEGIN CERTIFICATE-----';

/** Every certificate is read: TLS itself skips in silence those that it cannot. */
function checkCertificates(text: string): string | undefined {
  const certificates = text.split(CERTIFICATE_START).slice(1);
  if (certificates.length === 0) return 'has no PEM certificate';
  const broken = certificates.findIndex((certificate) => !isCertificate(CERTIFICATE_START + certificate));
  return broken === -1 ? undefined : `certificate ${broken + 1} cannot be read`;
}

function isCertificate(text: string): boolean {
  try {
    new X509Certificate(text);
    return true;
  } catch {
    return false;
  }
}

function checkKey(text: string): string | undefined {
  try {
    createPrivateKey(text);
    return undefined;
  } catch {
    return 'has no PEM private key, or an encrypted one';
  }
}

function isPair(certificate: string, key: string): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}
