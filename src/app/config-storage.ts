/** The groups of the configuration that say what is kept, where, and for how long. */
import { z } from 'zod';
import { SEVERITIES, type Severity } from '../inspection/finding.ts';
import { checkQuarantine, checkStorage } from './config-rules.ts';
import { bytes, count, milliseconds } from './config-values.ts';

const GIB = 1024 ** 3;
/** Ten years. */
const DAYS_MAX = 3650;

const days = (byDefault: number, help: string) =>
  z.int().min(1).max(DAYS_MAX).default(byDefault).describe(help);

const path = (help: string) => z.string().min(1).nullable().default(null).describe(help);

/** Where records are kept. */
export const storage = z
  .strictObject({
    sqliteFile: path('SQLite database of this proxy alone; null: none'),
    postgresUrl: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
      .nullable()
      .default(null)
      .describe(
        'PostgreSQL database that many proxies share; null: none. The password may stand in PGPASSWORD or PGPASSFILE',
      ),
    keyFile: path(
      'Keys that records are sealed with, made by `mmsguard key create`; null: those in MMSGUARD_KEYS',
    ),
    timeoutMs: milliseconds(5000, 'Milliseconds that the database may take for one act'),
    trackDays: days(14, 'Days for which it is known what became of each message'),
  })
  .superRefine(checkStorage)
  .prefault({})
  .describe('What is kept: stopped messages, what became of every message, and who did what.');

const unheld = z.enum(['throttle', 'refuse', 'forward']).default('throttle');

const retention = Object.fromEntries(
  SEVERITIES.map((severity) => [severity, days(30, `Worst severity ${severity}`)]),
) as Record<Severity, ReturnType<typeof days>>;

const httpUrl = (help: string) =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .nullable()
    .default(null)
    .describe(help);

/** How stopped messages are kept and released. */
export const quarantine = z
  .strictObject({
    told: z
      .enum(['refused', 'accepted'])
      .default('refused')
      .describe('What the sender of a message that is kept is told: refused, or accepted (a false Ok)'),
    inbound: z
      .enum(['keep', 'leave'])
      .default('keep')
      .describe(
        'Inbound: keep the message here and give a notice, or answer that it is not ready and leave it in the MMSC too',
      ),
    whenFull: unheld.describe('What happens to a message for which there is no room'),
    whenFailed: unheld.describe('What happens to a message that could not be stored'),
    recordsMax: count(100_000, 100_000_000, 'Messages that are held'),
    bytesMax: bytes(10 * GIB, 1024 * 1024 * GIB, 'Bytes of held messages, equal ones once'),
    retentionDays: z
      .strictObject(retention)
      .prefault({})
      .describe('Days that a message is kept, by what is worst in it.'),
    twoPersonSeverities: z
      .array(z.enum(SEVERITIES))
      .max(SEVERITIES.length)
      .default([])
      .describe('Messages that only two people together can release, by what is worst in them'),
    huntFolder: path('Folder whose folders hold rules that a retro-hunt may try; null: only those in use'),
    publicUrl: httpUrl('URL of this proxy as handsets reach it: announced messages are fetched from there'),
    pushGatewayUrl: httpUrl(
      'Push proxy gateway (PAP) that announces released messages to their recipients; null: none',
    ),
    pushGatewayAuthorization: z
      .string()
      .regex(/^[\x20-\x7e]+$/, 'must be one line of ASCII')
      .nullable()
      .default(null)
      .describe('Value of the Authorization header that the push gateway asks for; null: none'),
    pushGatewayTimeoutMs: milliseconds(10_000, 'Milliseconds that the push gateway may take'),
  })
  .superRefine(checkQuarantine)
  .prefault({})
  .describe('Messages that were stopped and are kept. They need a storage.');

/** How parts are taken out. */
export const strip = z
  .strictObject({
    keepLength: z
      .boolean()
      .default(false)
      .describe('Whether a message without some of its parts keeps its length: it may be billed by size'),
  })
  .prefault({})
  .describe('How parts are taken out of messages.');
