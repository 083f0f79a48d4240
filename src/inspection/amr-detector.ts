/** AMR and AMR-WB files (RFC 4867, 5): a magic, and frames whose first octet tells their length. */
import type { FindingTable, Report } from './finding.ts';
import type { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';

/** What is found of AMR files. */
export const AMR_FINDINGS = {
  'amr-channels': {
    severity: 'low',
    description: 'An AMR file is of several channels or of a later version, which handsets do not record',
  },
  'amr-frame-reserved': {
    severity: 'medium',
    description:
      'An AMR frame has a type that is not assigned: what follows is no sound, or was put there for a decoder',
  },
  'amr-padding-set': {
    severity: 'low',
    description: 'The first octet of an AMR frame has bits set that are never set',
  },
  'amr-truncated': { severity: 'low', description: 'The file ends inside an AMR frame' },
  'amr-empty': { severity: 'low', description: 'An AMR file has no frames' },
} as const satisfies FindingTable;

type Code = keyof typeof AMR_FINDINGS;

/** Octets of a frame by its type, with the first octet (3GPP TS 26.101 and 26.201); 0 is not assigned. */
const NARROW_BAND = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
const WIDE_BAND = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];

const FORMATS = [
  { magic: '#!AMR\n', lengths: NARROW_BAND },
  { magic: '#!AMR-WB\n', lengths: WIDE_BAND },
] as const;

/** Bits beside the type and the quality of a frame. */
const PADDING_BITS = 0x83;

/** Walks the frames to the end of the part, or to the first that has no length. */
export const amrDetector: PartDetector<Code> = {
  name: 'amr',
  findings: AMR_FINDINGS,
  detect({ octets, family }: PartView, report: Report<Code>): void {
    if (family !== 'amr') return;
    const format = FORMATS.find(({ magic }) => octets.startsWith(magic));
    if (format) walkFrames(octets, format, report);
    else report('amr-channels');
  },
};

function walkFrames(
  octets: Octets,
  { magic, lengths }: (typeof FORMATS)[number],
  report: Report<Code>,
): void {
  let at = magic.length;
  let hasPadding = false;
  if (at === octets.length) report('amr-empty');
  for (let head = octets.octet(at); head !== undefined; head = octets.octet(at)) {
    const type = (head >> 3) & 0xf;
    const length = lengths[type] ?? 0;
    if ((head & PADDING_BITS) !== 0 && !hasPadding) {
      hasPadding = true;
      report('amr-padding-set', { offset: at });
    }
    if (length === 0) {
      report('amr-frame-reserved', { offset: at, evidence: { type } });
      return;
    }
    at += length;
  }
  if (at > octets.length) report('amr-truncated', { offset: at });
}
