/** MIDI files (RP-001, Standard MIDI Files 1.0): a header and so many tracks, each a chunk with its length. */
import type { FindingTable, Report } from './finding.ts';
import type { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { u16be, u32be } from './sniff-format.ts';

/** Octets of a MIDI file: ring tones have kilobytes, whole symphonies a few hundred of them. */
export const MIDI_BYTES_MAX = 1_048_576;

/** Chunks that are walked. Sixteen channels need no more than a few dozen tracks. */
export const MIDI_CHUNKS_MAX = 1024;

/** What is found of MIDI files. */
export const MIDI_FINDINGS = {
  'midi-format-unknown': {
    severity: 'medium',
    description: 'A MIDI file has a format that is not specified',
  },
  'midi-division-zero': {
    severity: 'high',
    description: 'A MIDI file counts time in units of nothing, by which players divide',
  },
  'midi-track-count-mismatch': {
    severity: 'medium',
    description: 'A MIDI file has another number of tracks than it declares',
  },
  'midi-truncated': { severity: 'low', description: 'The file ends inside a MIDI track: it was cut off' },
  'midi-trailing': { severity: 'low', description: 'Something stands behind the last track of a MIDI file' },
  'midi-chunks-over-limit': {
    severity: 'high',
    description: 'A MIDI file has more tracks than any music needs',
  },
  'midi-over-limit': { severity: 'medium', description: 'A MIDI file is larger than any that phones play' },
} as const satisfies FindingTable;

type Code = keyof typeof MIDI_FINDINGS;

const CHUNK_HEADER = 8;
const HEADER_END = 14;
const FORMAT_MAX = 2;

/** Looks at the header, and walks the chunks behind it. */
export const midiDetector: PartDetector<Code> = {
  name: 'midi',
  findings: MIDI_FINDINGS,
  detect({ octets, family }: PartView, report: Report<Code>): void {
    if (family !== 'midi') return;
    const format = u16be(octets, 8);
    if (format > FORMAT_MAX) report('midi-format-unknown', { offset: 8, evidence: { format } });
    if (u16be(octets, 12) === 0) report('midi-division-zero', { offset: 12 });
    if (octets.length > MIDI_BYTES_MAX) report('midi-over-limit', { evidence: { octets: octets.length } });
    reportTracks(octets, report);
  },
};

function reportTracks(octets: Octets, report: Report<Code>): void {
  const { chunks, tracks, end } = walkChunks(octets);
  const declared = u16be(octets, 10);
  if (chunks > MIDI_CHUNKS_MAX) report('midi-chunks-over-limit', { offset: end });
  else if (end > octets.length) report('midi-truncated', { offset: octets.length });
  else {
    if (end < octets.length) report('midi-trailing', { offset: end });
    if (tracks !== declared)
      report('midi-track-count-mismatch', { offset: 10, evidence: { declared, tracks } });
  }
}

/** Where the chunks end, by their lengths, and how many there are. What is no chunk ends them. */
function walkChunks(octets: Octets): {
  readonly chunks: number;
  readonly tracks: number;
  readonly end: number;
} {
  let end = HEADER_END;
  let chunks = 0;
  let tracks = 0;
  while (chunks <= MIDI_CHUNKS_MAX && CHUNK_TYPE.test(octets.latin1(end, 4) ?? '')) {
    if (octets.startsWith('MTrk', end)) tracks += 1;
    const length = u32be(octets, end + 4);
    // A header that is cut off ends behind the part, as its content would.
    end += CHUNK_HEADER + (Number.isNaN(length) ? 0 : length);
    chunks += 1;
  }
  return { chunks, tracks, end };
}

/** Players skip chunks of types that they do not know, such as those of karaoke files. */
const CHUNK_TYPE = /^[A-Za-z0-9]{4}$/;
