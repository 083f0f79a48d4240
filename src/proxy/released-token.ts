/** The URLs under which the proxy serves released messages itself. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the paths of released messages begin with. */
export const RELEASED_PATH = '/mmsguard/released/';

/** Octets of a token's HMAC: nobody guesses 128 bits. */
const MAC_BYTES = 16;

/**
 * What follows the HMAC is passed over: some carriers make handsets put the transaction id behind a Content-Location.
 * Record ids are UUIDs.
 */
const TOKEN = /^([0-9a-f-]{36})\.([\w-]{22})/;

/**
 * Makes and checks the paths of released messages. Each is bound to one record by an HMAC, so that nothing needs to be
 * stored, and every proxy with the same key serves it.
 */
export class ReleasedTokens {
  readonly #key: Uint8Array;

  /** `key`: at least 32 secret octets, that serve nothing else. */
  constructor(key: Uint8Array) {
    if (key.length < 32) throw new RangeError('a key of under 32 octets');
    this.#key = key;
  }

  /** The path of a record. */
  pathOf(recordId: string): string {
    return `${RELEASED_PATH}${recordId}.${this.#macOf(recordId).toString('base64url')}`;
  }

  /** The record that a path stands for; undefined for any other path, and for a forged one. */
  recordIdOf(path: string): string | undefined {
    if (!path.startsWith(RELEASED_PATH)) return undefined;
    const [, recordId, mac] = TOKEN.exec(path.slice(RELEASED_PATH.length)) ?? [];
    if (recordId === undefined || mac === undefined) return undefined;
    return timingSafeEqual(Buffer.from(mac, 'base64url'), this.#macOf(recordId)) ? recordId : undefined;
  }

  #macOf(recordId: string): Buffer {
    return createHmac('sha256', this.#key).update(recordId).digest().subarray(0, MAC_BYTES);
  }
}
