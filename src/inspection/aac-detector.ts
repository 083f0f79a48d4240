/** AAC without a container: a chain of frames, each of which tells where the next one starts. */
import { adtsFrameLength } from './aac-frame.ts';
import type { FindingTable, Report } from './finding.ts';
import { readId3Tag } from './id3-tag.ts';
import type { PartDetector, PartView } from './part-view.ts';

/** What is found of AAC files. */
export const AAC_FINDINGS = {
  'aac-frame-alone': { severity: 'low', description: 'AAC sound has a single frame, which may be chance' },
  'aac-chain-broken': { severity: 'low', description: 'What stands behind a frame of AAC sound is no frame' },
  'aac-truncated': { severity: 'low', description: 'The file ends inside a frame of AAC sound' },
} as const satisfies FindingTable;

type Code = keyof typeof AAC_FINDINGS;

/** Follows the frames to the end of the part. */
export const aacDetector: PartDetector<Code> = {
  name: 'aac',
  findings: AAC_FINDINGS,
  detect({ octets, family }: PartView, report: Report<Code>): void {
    if (family !== 'aac') return;
    let at = readId3Tag(octets, 0)?.end ?? 0;
    let frames = 0;
    for (
      let length = adtsFrameLength(octets, at);
      length !== undefined;
      length = adtsFrameLength(octets, at)
    ) {
      at += length;
      frames += 1;
    }
    if (frames === 1) report('aac-frame-alone');
    if (at > octets.length) report('aac-truncated', { offset: at });
    if (at < octets.length) report('aac-chain-broken', { offset: at, evidence: { frames } });
  },
};
