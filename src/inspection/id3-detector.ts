/** ID3v2 tags, whose sizes Android's players trusted (threats of the Stagefright family, 2015). */
import type { FindingTable, Report } from './finding.ts';
import {
  findId3Problem,
  ID3_TAG_BYTES_MAX,
  readId3Tag,
  type Id3ProblemKind,
  type Id3Tag,
} from './id3-tag.ts';
import type { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { ID3_TAGS_MAX } from './sniff-sound.ts';

/** What is found of ID3 tags. */
export const ID3_FINDINGS = {
  'id3-size-not-syncsafe': {
    severity: 'high',
    description: 'The size of an ID3 tag has bits that are never set, and that readers take differently',
  },
  'id3-truncated': { severity: 'low', description: 'The file ends inside an ID3 tag: it was cut off' },
  'id3-over-limit': { severity: 'low', description: 'An ID3 tag is larger than Android looks into' },
  'id3-tags-several': { severity: 'low', description: 'More than one ID3 tag stands before the sound' },
  'id3-extended-header-overflow': {
    severity: 'high',
    description: 'The extended header of an ID3 tag claims more octets than the tag has',
  },
  'id3-padding-overflow': {
    severity: 'high',
    description: 'An ID3 tag claims more padding than it has octets',
  },
  'id3-frame-overflow': { severity: 'high', description: 'A frame of an ID3 tag reaches out of the tag' },
  'id3-data-length-underflow': {
    severity: 'high',
    description: 'A frame of an ID3 tag is shorter than the length that should stand in it',
  },
  'id3-frame-unknown': {
    severity: 'low',
    description: 'What stands between the frames of an ID3 tag is no frame',
  },
  'id3-frames-over-limit': {
    severity: 'high',
    description: 'An ID3 tag has more frames than any tagger writes',
  },
} as const satisfies FindingTable;

type Code = keyof typeof ID3_FINDINGS;

const PROBLEM_CODES = {
  'extended-header-overflow': 'id3-extended-header-overflow',
  'padding-overflow': 'id3-padding-overflow',
  'frame-overflow': 'id3-frame-overflow',
  'data-length-underflow': 'id3-data-length-underflow',
  'frame-unknown': 'id3-frame-unknown',
  'frames-over-limit': 'id3-frames-over-limit',
} as const satisfies Record<Id3ProblemKind, Code>;

/** Looks at the tags with which a part begins, whatever sound is behind them. */
export const id3Detector: PartDetector<Code> = {
  name: 'id3',
  findings: ID3_FINDINGS,
  detect({ octets }: PartView, report: Report<Code>): void {
    let tag = readId3Tag(octets, 0);
    for (let count = 1; tag && count <= ID3_TAGS_MAX; count += 1) {
      if (count === 2) report('id3-tags-several', { offset: tag.offset });
      reportTag(octets, tag, report);
      tag = readId3Tag(octets, tag.end);
    }
  },
};

function reportTag(octets: Octets, tag: Id3Tag, report: Report<Code>): void {
  const { offset, size, version } = tag;
  const detail = { offset, evidence: { size, version } };
  if (!tag.isSyncsafe) report('id3-size-not-syncsafe', detail);
  if (tag.end > octets.length) report('id3-truncated', detail);
  if (size > ID3_TAG_BYTES_MAX) report('id3-over-limit', detail);
  const problem = findId3Problem(octets, tag);
  if (problem) report(PROBLEM_CODES[problem.kind], { offset: problem.offset, evidence: { version } });
}
