/** Seals what is stored with AES-256-GCM. Each piece names its key, so that keys can be changed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key and the name that sealed pieces carry. */
export interface SealKey {
  /** At most 32 characters of ASCII. */
  readonly id: string;
  /** 32 octets. */
  readonly key: Uint8Array;
}

/** What opening comes to. */
export type Opened =
  | { readonly kind: 'opened'; readonly octets: Buffer }
  /** Sealed with a key that is not there. */
  | { readonly kind: 'key-missing'; readonly keyId: string }
  /** Changed since it was sealed, or sealed for something else. */
  | { readonly kind: 'seal-broken' };

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D 8.2: 96 random bits are enough for 2^32 pieces of one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LAYOUT = 1;

/** Keys: the first one seals, all of them open. */
export class Keyring {
  readonly #current: SealKey;
  readonly #keys: ReadonlyMap<string, Uint8Array>;

  constructor(keys: readonly [SealKey, ...SealKey[]]) {
    this.#current = keys[0];
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  /** Name of the key that seals. */
  get currentId(): string {
    return this.#current.id;
  }

  /**
   * Layout, length of the key's name, the name, nonce, tag, cipher text. `purpose` says what it is of: it opens as
   * nothing else.
   */
  seal(octets: Uint8Array, purpose: string): Buffer {
    const { id, key } = this.#current;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(purpose));
    const text = [cipher.update(octets), cipher.final()];
    const name = Buffer.from(id, 'latin1');
    return Buffer.concat([Buffer.of(LAYOUT, name.length), name, nonce, cipher.getAuthTag(), ...text]);
  }

  /** Never throws, whatever the octets. */
  open(sealed: Uint8Array, purpose: string): Opened {
    const all = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const nonceAt = 2 + (all[1] ?? 0);
    const textAt = nonceAt + NONCE_BYTES + TAG_BYTES;
    if (all[0] !== LAYOUT || all.length < textAt) return { kind: 'seal-broken' };
    const keyId = all.toString('latin1', 2, nonceAt);
    const key = this.#keys.get(keyId);
    if (key === undefined) return { kind: 'key-missing', keyId };
    const nonce = all.subarray(nonceAt, nonceAt + NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(all.subarray(nonceAt + NONCE_BYTES, textAt));
    try {
      return {
        kind: 'opened',
        octets: Buffer.concat([decipher.update(all.subarray(textAt)), decipher.final()]),
      };
    } catch {
      return { kind: 'seal-broken' };
    }
  }
}
