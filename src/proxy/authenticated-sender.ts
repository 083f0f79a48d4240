import type { ProxySettings } from './settings.ts';
import { headerValue } from './raw-headers.ts';

/** The identity headers that carry a telephone number; others carry an address, an IMSI or a network. */
const NUMBER_HEADER = /msisdn|mdn|calling-line-id/;

/**
 * The sender's number from the first identity header that has one, in the order of the settings; undefined for none.
 * Call it only for a trusted gateway: everybody else can write what they like.
 */
export function authenticatedSender(
  rawHeaders: readonly string[],
  { identity }: Pick<ProxySettings['headers'], 'identity'>,
): string | undefined {
  return identity
    .filter((name) => NUMBER_HEADER.test(name))
    .map((name) => headerValue(rawHeaders, name)?.trim())
    .find((value) => value !== undefined && value !== '');
}
