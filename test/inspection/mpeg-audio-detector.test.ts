import { describe, expect, it } from 'vitest';
import {
  FRAME_HUNT_OCTETS,
  FRAMES_CERTAIN,
  FRAMES_LIKELY,
  mpegAudioDetector,
  type MPEG_AUDIO_FINDINGS,
} from '../../src/inspection/mpeg-audio-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { id3Of, ORDINARY_TAGS, syncsafe } from '../support/id3-sample.ts';
import { MP3_FRAMES } from '../support/media-samples.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';

type Code = keyof typeof MPEG_AUDIO_FINDINGS;
const expected = (...pieces: readonly Piece[]): readonly Code[] =>
  codesOf(mpegAudioDetector, joined(...pieces), { family: 'mp3' });
const unknown = (...pieces: readonly Piece[]): readonly Code[] =>
  codesOf(mpegAudioDetector, joined(...pieces));
const frames = (count: number): Uint8Array =>
  joined(...Array<Piece>(count).fill(MP3_FRAMES.subarray(0, 417)));
const TAG = ORDINARY_TAGS[1]!;

describe('an MP3 file', () => {
  it.each<[string, readonly Code[], readonly Piece[]]>([
    ['frames', [], [frames(FRAMES_LIKELY)]],
    ['a tag and frames', [], [TAG, frames(FRAMES_LIKELY)]],
    ['several tags and frames', [], [TAG, TAG, frames(FRAMES_LIKELY)]],
    ['a tag that is cut off', [], [id3Of([], { size: syncsafe(1000) }), frames(2)]],
    ['something between', ['mpeg-audio-late'], [TAG, zeros(7), frames(FRAMES_LIKELY)]],
    ['a single frame', ['mpeg-audio-missing'], [TAG, frames(FRAMES_LIKELY - 1)]],
    ['no frame', ['mpeg-audio-missing'], [TAG, zeros(1000)]],
  ])('with %s is reported as %j', (_, codes, pieces) => {
    expect(expected(...pieces)).toEqual(codes);
  });

  it('is reported with the place where its sound begins', () => {
    const bytes = joined(TAG, zeros(7), frames(2));
    expect(detectionsOf(mpegAudioDetector, bytes, { family: 'mp3' })).toEqual([
      { code: 'mpeg-audio-late', offset: TAG.length + 7, evidence: { octets: 7 } },
    ]);
  });
});

describe('what nobody recognised', () => {
  it.each<[string, readonly Code[], readonly Piece[]]>([
    ['sound behind junk', ['mpeg-audio-behind-junk'], ['junk', frames(FRAMES_CERTAIN)]],
    ['too few frames to be no chance', [], ['junk', frames(FRAMES_CERTAIN - 1)]],
    ['sound at once', [], [frames(FRAMES_CERTAIN)]],
    ['no sound', [], [new Uint8Array(1000).fill(0xff)]],
    [
      'sound at the last place that is looked at',
      ['mpeg-audio-behind-junk'],
      [zeros(FRAME_HUNT_OCTETS - 1), frames(FRAMES_CERTAIN)],
    ],
    ['sound behind that place', [], [zeros(FRAME_HUNT_OCTETS), frames(FRAMES_CERTAIN)]],
  ])('and has %s is reported as %j', (_, codes, pieces) => {
    expect(unknown(...pieces)).toEqual(codes);
  });

  it('is not hunted through where something else was recognised', () => {
    const bytes = joined('junk', frames(FRAMES_CERTAIN));
    expect(codesOf(mpegAudioDetector, bytes, { family: 'text' })).toEqual([]);
  });
});

describe('damage', () => {
  it('never makes the detector throw', () => {
    const sample = joined(TAG, zeros(7), frames(2));
    detectTruncated(mpegAudioDetector, sample, { family: 'mp3' });
    detectMutated(mpegAudioDetector, [sample], { family: 'mp3' });
    detectMutated(mpegAudioDetector, [joined('junk', frames(FRAMES_CERTAIN))]);
  });
});
