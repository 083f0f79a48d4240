/** Names that stand for numbers, so that lists and logs need none. */
import { createHmac } from 'node:crypto';
import { addressKey } from '../policy/text-pattern.ts';

/** Octets of a pseudonym: no two numbers of a country share one. */
const PSEUDONYM_BYTES = 12;

/**
 * Gives the same pseudonym for the same number or address, however it is written (`addressKey`): the beginning of an
 * HMAC-SHA-256, as 16 letters, digits, - and _. Without the key nobody finds the number, not even by trying them all.
 */
export function pseudonyms(key: Uint8Array): (number: string) => string {
  return (number) =>
    createHmac('sha256', key)
      .update(addressKey(number))
      .digest()
      .subarray(0, PSEUDONYM_BYTES)
      .toString('base64url');
}
