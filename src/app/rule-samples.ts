/** Samples that a security team declares beside its rules, so that rules can be tested without writing code. */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { RULE_TARGETS } from '../inspection/rule-match.ts';
import { readBoundedFile } from './bounded-file.ts';

/** Bytes of a file of samples, and of a file that a sample names. */
export const SAMPLE_FILE_BYTES_MAX = 1024 * 1024;
export const SAMPLE_BYTES_MAX = 10 * 1024 * 1024;

/** What a file of samples is called: it stands in the directory of the rules, or below. */
export const SAMPLES_SUFFIX = '.samples.yaml';

const ruleNames = z.array(z.string().min(1)).default([]);

const externals = z
  .strictObject({
    declared_type: z.string(),
    sniffed_type: z.string(),
    filename: z.string(),
    direction: z.string(),
    pdu_type: z.string(),
    sender_class: z.string(),
    part_index: z.int(),
    part_count: z.int(),
    message_size: z.int(),
  })
  .partial();

const sample = z
  .strictObject({
    name: z.string().min(1),
    hex: z
      .string()
      .regex(/^([0-9a-fA-F]{2}|\s)*$/, 'must be pairs of hexadecimal digits')
      .optional(),
    base64: z.base64().optional(),
    text: z.string().optional(),
    file: z.string().min(1).optional(),
    target: z.enum(RULE_TARGETS).default('part'),
    externals: externals.default({}),
    /** Rules that must match. */
    match: ruleNames,
    /** Rules that must not; `all` for every rule that `match` does not name. */
    noMatch: z.union([z.literal('all'), z.array(z.string().min(1))]).default([]),
  })
  .refine(
    ({ hex, base64, text, file }) =>
      [hex, base64, text, file].filter((form) => form !== undefined).length === 1,
    {
      error: 'must have exactly one of hex, base64, text and file',
    },
  )
  .refine(({ match, noMatch }) => match.length > 0 || noMatch.length > 0, {
    error: 'must say what is expected: match, noMatch, or both',
  });

const samplesFile = z.strictObject({ samples: z.array(sample).min(1) });

/** One declared sample, with its octets. */
export interface RuleSample extends Pick<
  z.output<typeof sample>,
  'name' | 'target' | 'externals' | 'match' | 'noMatch'
> {
  /** The file that declares it. */
  readonly declaredIn: string;
  readonly bytes: Uint8Array;
}

/** The samples of a directory, and everything that is wrong with their files. */
export interface SampleReading {
  readonly samples: readonly RuleSample[];
  readonly problems: readonly string[];
}

/** Reads every file of samples in a directory and below. Never rejects for what the files hold. */
export async function readRuleSamples(directory: string): Promise<SampleReading> {
  const names = await readdir(directory, { recursive: true });
  const files = names.filter((name) => name.endsWith(SAMPLES_SUFFIX)).toSorted();
  const readings = await Promise.all(files.map((name) => readSamplesFile(join(directory, name))));
  return {
    samples: readings.flatMap(({ samples }) => samples),
    problems: readings.flatMap(({ problems }) => problems),
  };
}

async function readSamplesFile(path: string): Promise<SampleReading> {
  const reading = await readBoundedFile(path, SAMPLE_FILE_BYTES_MAX);
  if (!reading.ok) return { samples: [], problems: [`${path}: ${reading.message}`] };
  const document = parseDocument(reading.bytes.toString());
  const [broken] = document.errors;
  if (broken !== undefined) return { samples: [], problems: [`${path}: ${broken.message}`] };
  const parsed = samplesFile.safeParse(document.toJS());
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`);
    return { samples: [], problems };
  }
  const loaded = await Promise.all(parsed.data.samples.map((one) => load(one, path)));
  return {
    samples: loaded.filter((one) => typeof one !== 'string'),
    problems: loaded.filter((one) => typeof one === 'string'),
  };
}

/** A sample with its octets, or what is wrong with it. */
async function load(declared: z.output<typeof sample>, declaredIn: string): Promise<RuleSample | string> {
  const { hex, base64, text = '', file, ...rest } = declared;
  if (file === undefined) return { ...rest, declaredIn, bytes: octetsOf(hex, base64, text) };
  const reading = await readBoundedFile(join(dirname(declaredIn), file), SAMPLE_BYTES_MAX);
  if (!reading.ok) return `${declaredIn}: ${rest.name}: ${file}: ${reading.message}`;
  return { ...rest, declaredIn, bytes: reading.bytes };
}

function octetsOf(hex: string | undefined, base64: string | undefined, text: string): Uint8Array {
  if (hex !== undefined) return Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  return base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
}
