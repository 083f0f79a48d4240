import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { octets } from './octets.ts';

/** A PDU or push of our own, in `test/fixtures`. */
export interface Fixture {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What decoding must tolerate in it, as `code@offset`, in order: its `# expect:` lines. Empty: it is canonical. */
  readonly expected: readonly string[];
}

const FOLDER = new URL('../fixtures/', import.meta.url).pathname;

/** Every fixture, by name. */
export const FIXTURES: readonly Fixture[] = globSync('*.hex', { cwd: FOLDER })
  .sort()
  .map((file) => {
    const text = readFileSync(`${FOLDER}${file}`, 'utf8');
    const expected = [...text.matchAll(/^# expect: (\S+)$/gm)].map(([, place = '']) => place);
    return { name: basename(file, '.hex'), bytes: octets(text), expected };
  });

/** The canonical PDUs: one of every message type, with every header that it may have. */
export const CANONICAL_PDUS = FIXTURES.filter(({ name }) => name.startsWith('m-'));

/** One PDU for each way of breaking the specification, at least. */
export const DEVIANT_PDUS = FIXTURES.filter(({ name }) => name.startsWith('deviation-'));

/** The fixture of a name. Throws when there is none. */
export function fixture(name: string): Fixture {
  const found = FIXTURES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return found;
}
