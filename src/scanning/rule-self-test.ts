/**
 * Asks an engine what it must know, at every load and in every thread. It is a patched engine, and one version of it is
 * known to miss detections: so it is believed only after it has found what there is and nothing else.
 */
import type { ExternalName, ExternalValue } from './externals.ts';

/** What an engine gets to compile. `after_…` and `…_guard` share a string: yara-x issue 771, of version 1.20.0. */
export const SELF_TEST_RULES = `
rule eicar { strings: $text = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE" condition: $text }
rule size_guard { strings: $url = "http://www.example-shared.test" condition: filesize < 20KB and $url }
rule after_size_guard { strings: $url = "http://www.example-shared.test" condition: $url }
rule magic_guard { strings: $path = "/shared/by/two/rules" condition: uint16(0) == 0x5a4d and $path }
rule after_magic_guard { strings: $path = "/shared/by/two/rules" condition: $path }
rule box { strings: $box = "stsc" condition: for any i in (1..#box) : (uint32be(@box[i] - 4) > 0x1000) }
rule regex { strings: $call = /call [0-9]{2,4} now/ nocase condition: #call == 2 and !call[2] == 13 }
private rule photo { condition: filename endswith ".jpg" and message_size == 70000 }
rule external { condition: photo and declared_type == "image/jpeg" }
`;

/** The values of the variables that they use. */
export const SELF_TEST_EXTERNALS: readonly (readonly [ExternalName, ExternalValue])[] = [
  ['filename', 'photo.jpg'],
  ['message_size', 70_000],
  ['declared_type', 'image/jpeg'],
];

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The rules that match, beside `external`, which always does. */
  readonly matches: readonly string[];
}

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const SHARED = ' http://www.example-shared.test /shared/by/two/rules ';

const CASES: readonly Case[] = [
  { name: 'clean', bytes: octets('.'.repeat(30_000)), matches: [] },
  { name: 'empty', bytes: octets(''), matches: [] },
  { name: 'eicar', bytes: octets(EICAR), matches: ['eicar'] },
  {
    name: 'strings shared with a rule whose guard is false',
    bytes: octets('.'.repeat(30_000) + SHARED),
    matches: ['after_magic_guard', 'after_size_guard'],
  },
  {
    name: 'strings shared with a rule whose guard is true',
    bytes: octets('MZ' + SHARED),
    matches: ['after_magic_guard', 'after_size_guard', 'magic_guard', 'size_guard'],
  },
  { name: 'a number before a string', bytes: octets('\0\0\0\x08stsc\0\0\x20\0stsc'), matches: ['box'] },
  { name: 'a smaller number before it', bytes: octets('\0\0\0\x08stsc\0\0\x10\0stsc'), matches: [] },
  { name: 'a regular expression', bytes: octets('Call 12 now, CALL 1234 NOW'), matches: ['regex'] },
];

function octets(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/**
 * Runs every case; `match` gives the names of the rules of `SELF_TEST_RULES` that match. Gives what was wrong with the
 * first case that was, or undefined.
 */
export function runSelfTest(match: (bytes: Uint8Array) => readonly string[]): string | undefined {
  for (const { name, bytes, matches } of CASES) {
    const found = match(bytes).toSorted().join(', ');
    const expected = [...matches, 'external'].toSorted().join(', ');
    if (found !== expected) return `self-test "${name}": expected ${expected}; matched ${found}`;
  }
  return undefined;
}
