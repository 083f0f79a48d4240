import { describe, expect, it } from 'vitest';
import { aacDetector, type AAC_FINDINGS } from '../../src/inspection/aac-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { ORDINARY_TAGS } from '../support/id3-sample.ts';
import { ADTS_FRAMES } from '../support/media-samples.ts';
import { joined, type Piece } from '../support/sample-octets.ts';

type Code = keyof typeof AAC_FINDINGS;
const AAC = { family: 'aac' };

describe('an AAC file', () => {
  it.each<[string, readonly Code[], readonly Piece[]]>([
    ['frames', [], [ADTS_FRAMES]],
    ['a tag and frames', [], [ORDINARY_TAGS[2]!, ADTS_FRAMES]],
    ['a single frame', ['aac-frame-alone'], [ADTS_FRAMES.subarray(0, 32)]],
    ['a last frame that is cut off', ['aac-truncated'], [ADTS_FRAMES.subarray(0, 95)]],
    ['something behind its frames', ['aac-chain-broken'], [ADTS_FRAMES, 'junk']],
    ['no frame', ['aac-chain-broken'], ['junk']],
  ])('with %s is reported as %j', (_, codes, pieces) => {
    expect(codesOf(aacDetector, joined(...pieces), AAC)).toEqual(codes);
    expect(codesOf(aacDetector, joined(...pieces), { family: 'mp3' })).toEqual([]);
  });

  it('is reported with the place where the chain breaks', () => {
    expect(detectionsOf(aacDetector, joined(ADTS_FRAMES, 'junk'), AAC)).toEqual([
      { code: 'aac-chain-broken', offset: 96, evidence: { frames: 3 } },
    ]);
  });

  it('never makes the detector throw', () => {
    detectTruncated(aacDetector, ADTS_FRAMES, AAC);
    detectMutated(aacDetector, [ADTS_FRAMES, joined(ORDINARY_TAGS[2]!, ADTS_FRAMES)], AAC);
  });
});
