import { z } from 'zod';
import { PLACEHOLDER } from '../proxy/notice-texts.ts';
import { isConnectable, parseConnectTo, parseMmscUrl } from './mmsc-address.ts';

/** A smaller number of bytes is a mistake of units (`10` for 10 MiB) and would refuse every message. */
export const BYTES_MIN = 1024;
/** A smaller number of milliseconds is a mistake of units (`60` for a minute). */
export const MS_MIN = 100;
/** One hour. Node's timers overflow at 2^31 ms and then fire at once. */
export const MS_MAX = 3_600_000;
/** Characters of one text that a subscriber reads: one SMS. */
export const TEXT_CHARACTERS_MAX = 160;
/** Entries of one list. */
export const LIST_MAX = 256;

/** A number of bytes from `BYTES_MIN` to `max`. */
export function bytes(byDefault: number, max: number, help: string) {
  return z.int().min(BYTES_MIN).max(max).default(byDefault).describe(help);
}

/** A number of milliseconds. */
export function milliseconds(byDefault: number, help: string) {
  return z.int().min(MS_MIN).max(MS_MAX).default(byDefault).describe(help);
}

/** How many of something, from 1 to `max`. */
export function count(byDefault: number, max: number, help: string) {
  return z.int().min(1).max(max).default(byDefault).describe(help);
}

/** The path of a PEM file, or null for none. */
export function pemFile(help: string) {
  return z.string().min(1).nullable().default(null).describe(`${help} (PEM file)`);
}

/** A text that a subscriber reads, with `{time}` and `{reference}` for what is filled in. */
export const textTemplate = z
  .string()
  .max(TEXT_CHARACTERS_MAX)
  .regex(/^\P{Cc}+$/u, 'must be at least one character, without control characters')
  .refine((text) => !/[{}]/.test(text.replace(PLACEHOLDER, '')), {
    error: 'may hold {time} and {reference}, and no other braces',
  });

/** A text that a subscriber reads, with its default. */
export function subscriberText(byDefault: string, help: string) {
  return textTemplate.default(byDefault).describe(help);
}

/** A list of HTTP header names, made lower case. */
export function headerNames(byDefault: readonly string[], help: string) {
  return z
    .array(headerName)
    .max(LIST_MAX)
    .default([...byDefault])
    .describe(help);
}

/** The URL of an MMSC as handsets name it: protocol, host and port only. */
export const mmscUrl = z.string().refine((text) => parseMmscUrl(text) !== undefined, {
  error: 'must be http://HOST[:PORT]/ or https://HOST[:PORT]/, without user, path or query',
});

/** Where connections to an MMSC really go, or null for where its URL says. */
export function connectTo(help: string) {
  const address = z.string().refine((text) => parseConnectTo(text, 'http:') !== undefined, {
    error: 'must be HOST:PORT, or https://HOST:PORT to speak TLS',
  });
  return address.nullable().default(null).describe(help);
}

/** An address or host name to listen on. An empty one would listen on every interface, so it is refused. */
export const listenHost = z.string().refine(isConnectable, { error: 'must be an IP address or a host name' });

/** Blocks of IP addresses. */
export const cidrBlock = z.union([z.cidrv4(), z.cidrv6()], {
  error: 'must be a CIDR block, such as 10.1.0.0/16 or 2001:db8::/32',
});

/** The pseudonym of a Via header: a token (RFC 9110, 7.6.3). */
export const viaName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 'must be an HTTP token of 1 to 64 characters');

/** Headers without which a request is another one, or none: the configuration cannot take them away. */
const NEEDED_HEADERS: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'transfer-encoding',
]);

const headerName = z
  .string()
  .toLowerCase()
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,64}$/, 'must be an HTTP header name')
  .refine((name) => !NEEDED_HEADERS.has(name), { error: 'is a header that a request needs' });
