/** The groups of the configuration that say how messages are inspected. */
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { isFamilyName } from '../inspection/media-families.ts';
import { standingOf } from '../inspection/media-allow-list.ts';
import { blockedEntryOf } from '../inspection/url-lists.ts';
import { DEFAULT_SIZE_LIMITS } from '../inspection/size-detector.ts';
import { BUILT_IN_NAMESPACE } from './rule-loading.ts';
import { bytes, count, LIST_MAX, listenHost, milliseconds } from './config-values.ts';

const MIB = 1024 * 1024;

/** The most threads that can be configured; each takes 50 to 250 MB. */
export const THREADS_MAX = 256;

/** One core is left to the network; a machine with one core shares it. */
export const DEFAULT_THREADS = Math.max(1, availableParallelism() - 1);

/** How scans are run. */
export const scanning = z
  .strictObject({
    threads: z
      .int()
      .min(1)
      .max(THREADS_MAX)
      .nullable()
      .default(null)
      .describe('Threads that scan; null: one less than the machine has cores, at least one'),
    deadlineMs: milliseconds(
      5000,
      'Milliseconds of one scan; then its thread is ended, and the message not inspected',
    ),
    queueWaitMs: milliseconds(5000, 'Milliseconds that a message waits for a thread'),
    queueMax: count(1000, 1_000_000, 'Messages that wait for a thread'),
    queueBytesMax: bytes(128 * MIB, 64 * 1024 * MIB, 'Bytes of the messages that wait for a thread'),
    verdictsMax: z
      .int()
      .min(0)
      .max(10_000_000)
      .default(4096)
      .describe('Verdicts kept, so that the same content is not scanned again; 0 keeps none'),
    poisonScansMax: count(2, 100, 'Scans of one content that may end by force; then it is not tried again'),
    threadHeapMib: z
      .int()
      .min(64)
      .max(65_536)
      .default(256)
      .describe('MiB of heap for one thread, beside its rules'),
  })
  .prefault({})
  .describe('The threads that decode, inspect and run YARA rules.');

const NAMESPACE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

const ruleDirectory = z.strictObject({
  path: z.string().min(1).describe('Directory with .yar and .yara files; read with all below it'),
  namespace: z
    .string()
    .regex(NAMESPACE, 'must be a YARA identifier of at most 64 characters')
    .refine((namespace) => namespace !== BUILT_IN_NAMESPACE, {
      error: 'is the namespace of the rules that come with mmsguard',
    })
    .describe('Namespace that the rules get'),
  broken: z
    .enum(['refuse', 'skip'])
    .default('refuse')
    .describe('What a rule that does not compile does: refuse the whole set, or be listed and left out'),
});

/** Where the rules are. */
export const rules = z
  .strictObject({
    builtIn: z.boolean().default(true).describe('Whether the rules that come with mmsguard are used'),
    directories: z.array(ruleDirectory).max(LIST_MAX).default([]).describe("The operator's own rules"),
    watch: z
      .boolean()
      .default(true)
      .describe(
        'Whether rules are loaded again when a file changes; SIGHUP and the admin API do it in any case',
      ),
  })
  .prefault({})
  .describe('YARA rules.');

const mediaEntry = z
  .string()
  .toLowerCase()
  .refine((entry) => standingOf(entry) !== undefined, {
    error: 'must be a media family, such as tiff, or a media type, such as image/tiff',
  });

/** What is allowed in messages beside, and without, what is by default. */
export const media = z
  .strictObject({
    allow: z
      .array(
        mediaEntry.refine((entry) => standingOf(entry) !== 'never', {
          error: 'is never allowed in messages: programs, installers, fonts and provisioning stay out',
        }),
      )
      .max(LIST_MAX)
      .default([])
      .describe('Media families and types allowed beside those of the default list'),
    forbid: z
      .array(z.string().toLowerCase().refine(isFamilyName, { error: 'must be a media family, such as webp' }))
      .max(LIST_MAX)
      .default([])
      .describe('Media families of the default list that are not allowed'),
  })
  .prefault({})
  .describe('Media of parts, by their content.');

/** How large messages may be before it is a finding. */
export const sizes = z
  .strictObject({
    messageBytesMax: bytes(DEFAULT_SIZE_LIMITS.messageBytesMax, 256 * MIB, 'Bytes of one message'),
    partBytesMax: bytes(DEFAULT_SIZE_LIMITS.partBytesMax, 256 * MIB, 'Bytes of one part'),
    textBytesMax: bytes(DEFAULT_SIZE_LIMITS.textBytesMax, 256 * MIB, 'Bytes of one text part'),
    recipientsMax: count(DEFAULT_SIZE_LIMITS.recipientsMax, 65_536, 'Recipients of one message'),
    partsMax: count(DEFAULT_SIZE_LIMITS.partsMax, 65_536, 'Parts of one message'),
  })
  .prefault({})
  .describe('Sizes that are reported as findings.');

/** Addresses that must not be sent. */
export const urls = z
  .strictObject({
    blocked: z
      .array(
        z
          .string()
          .max(2048)
          .refine((entry) => blockedEntryOf(entry) !== undefined, { error: 'must be a domain or a URL' }),
      )
      .max(100_000)
      .default([])
      .describe('Domains (with all below them) and URLs that no message may lead to'),
    shorteners: z
      .array(z.string().min(1).max(255))
      .max(LIST_MAX)
      .default([])
      .describe('Domains of services that hide where an address leads, beside those that are known'),
    brands: z
      .record(z.string().min(1).max(64), z.array(z.string().min(1).max(255)).max(LIST_MAX))
      .default({})
      .describe(
        'Words of brands, each with its domains: an address with the word, or one like it, elsewhere is a finding',
      ),
  })
  .prefault({})
  .describe('Addresses in texts.');

/** The listener for the people who run the proxy. */
export const admin = z
  .strictObject({
    host: listenHost
      .default('127.0.0.1')
      .describe('Address to listen on; one that is not loopback needs a token, see `mmsguard token create`'),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .nullable()
      .default(8090)
      .describe('TCP port of health, metrics and rule reload; 0 takes any free one; null: no admin listener'),
  })
  .prefault({})
  .describe('Health, metrics and administration, on a listener of its own.');
