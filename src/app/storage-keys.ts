/** The secret keys of a storage: a small text, in a file or in the environment. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { readBoundedFile } from './bounded-file.ts';
import { KEYS_VARIABLE, type Environment } from './config-environment.ts';

/** Bytes of a key file: some hundred keys. */
export const KEY_FILE_BYTES_MAX = 64 * 1024;

/** Octets of each key. */
export const KEY_BYTES = 32;

/** A key that records are sealed with. */
export interface SealKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** All keys of a storage. */
export interface StorageKeys {
  /** The first one seals; all of them open. */
  readonly seal: readonly [SealKey, ...SealKey[]];
  /** Makes pseudonyms of numbers: it must never change, or nothing is found by number any more. */
  readonly pseudonym: Uint8Array;
  /** Makes the paths of released messages. */
  readonly released: Uint8Array;
}

/** Keys, or what is wrong with them, without a piece of them. */
export type KeysResult =
  { readonly ok: true; readonly keys: StorageKeys } | { readonly ok: false; readonly message: string };

const LINE = /^(?:seal (?<id>[\w.-]{1,32})|pseudonym) (?<key>[A-Za-z0-9+/]{43}=)$/;

/** Reads the keys of the file, or of the environment where there is none. Never rejects. */
export async function readStorageKeys(file: string | null, environment: Environment): Promise<KeysResult> {
  if (file === null) return parseStorageKeys((environment[KEYS_VARIABLE] ?? '').replaceAll(';', '\n'));
  const reading = await readBoundedFile(file, KEY_FILE_BYTES_MAX);
  return reading.ok ? parseStorageKeys(reading.bytes.toString()) : reading;
}

/** Reads keys: one a line, `seal ID BASE64` or `pseudonym BASE64`; lines with # are comments. Never throws. */
export function parseStorageKeys(text: string): KeysResult {
  const seal: SealKey[] = [];
  const pseudonyms: Uint8Array[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const entry = line.trim();
    if (entry === '' || entry.startsWith('#')) continue;
    const { id, key } = LINE.exec(entry)?.groups ?? {};
    if (key === undefined) return { ok: false, message: `line ${index + 1} is no key` };
    const octets = Buffer.from(key, 'base64');
    if (id === undefined) pseudonyms.push(octets);
    else seal.push({ id, key: octets });
  }
  return keysOf(seal, pseudonyms);
}

function keysOf(seal: readonly SealKey[], pseudonyms: readonly Uint8Array[]): KeysResult {
  const [first, ...older] = seal;
  const [pseudonym, another] = pseudonyms;
  if (first === undefined) return { ok: false, message: 'has no seal key; `mmsguard key create` makes one' };
  if (new Set(seal.map(({ id }) => id)).size < seal.length)
    return { ok: false, message: 'has two seal keys of one name' };
  if (pseudonym === undefined || another !== undefined)
    return { ok: false, message: 'must have one pseudonym key' };
  const released = Buffer.from(hkdfSync('sha256', pseudonym, '', 'mmsguard released messages', KEY_BYTES));
  return { ok: true, keys: { seal: [first, ...older], pseudonym, released } };
}

/** The text of a fresh key file. */
export function newKeysText(sealId: string): string {
  return [
    '# Keys of mmsguard. Whoever has this file can read what is in quarantine, and without it nobody can. Keep a copy elsewhere.',
    '# The first seal key seals, all of them open: a new one goes on top. The pseudonym key must never change.',
    sealLine(sealId),
    `pseudonym ${randomBytes(KEY_BYTES).toString('base64')}`,
    '',
  ].join('\n');
}

/** The line of a fresh seal key. */
export function sealLine(id: string): string {
  return `seal ${id} ${randomBytes(KEY_BYTES).toString('base64')}`;
}
