/** MP3 and its elders. Android plays what has frames anywhere in the first 128 KiB, whatever stands before them. */
import type { FindingTable, Report } from './finding.ts';
import { readId3Tag } from './id3-tag.ts';
import { countMpegAudioFrames } from './mpeg-audio-frame.ts';
import type { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { ID3_TAGS_MAX } from './sniff-sound.ts';

/** How far Android's MP3 extractor hunts for a frame (`kMaxBytesChecked`). */
export const FRAME_HUNT_OCTETS = 128 * 1024;

/** Frames in a row that are no chance: each has some 20 fixed bits. */
export const FRAMES_CERTAIN = 4;

/** Frames in a row that are asked for where they are expected. */
export const FRAMES_LIKELY = 2;

/** What is found of MPEG audio. */
export const MPEG_AUDIO_FINDINGS = {
  'mpeg-audio-behind-junk': {
    severity: 'medium',
    description:
      'MPEG audio stands behind something that is no sound, where players find it and scanners may not',
  },
  'mpeg-audio-late': {
    severity: 'info',
    description: 'Something stands between the ID3 tag and the first frame of sound',
  },
  'mpeg-audio-missing': {
    severity: 'low',
    description: 'No two frames of sound stand where players look for them',
  },
} as const satisfies FindingTable;

type Code = keyof typeof MPEG_AUDIO_FINDINGS;

/** Looks at MP3 files, and at what nobody recognised, in which players may still find sound. */
export const mpegAudioDetector: PartDetector<Code> = {
  name: 'mpeg-audio',
  findings: MPEG_AUDIO_FINDINGS,
  detect({ octets, family }: PartView, report: Report<Code>): void {
    if (family === 'mp3') reportExpected(octets, report);
    else if (family === undefined) reportUnexpected(octets, report);
  },
};

function reportExpected(octets: Octets, report: Report<Code>): void {
  const start = tagsEnd(octets);
  // A tag that is cut off says nothing about what was behind it.
  if (start >= octets.length) return;
  const first = findFrames(octets, start, FRAMES_LIKELY);
  if (first < 0) report('mpeg-audio-missing', { offset: start });
  else if (first > start) report('mpeg-audio-late', { offset: first, evidence: { octets: first - start } });
}

function reportUnexpected(octets: Octets, report: Report<Code>): void {
  const first = findFrames(octets, 0, FRAMES_CERTAIN);
  if (first > 0) report('mpeg-audio-behind-junk', { offset: first });
}

/** Where the ID3 tags before the sound end. */
function tagsEnd(octets: Octets): number {
  let at = 0;
  for (let count = 0; count < ID3_TAGS_MAX; count += 1) at = readId3Tag(octets, at)?.end ?? at;
  return at;
}

/** The first place with so many frames in a row, the last of which may be cut off; -1 for none in reach. */
function findFrames(octets: Octets, start: number, count: number): number {
  const end = Math.min(octets.length, start + FRAME_HUNT_OCTETS);
  for (let at = octets.indexOf('\xff', start, end); at >= 0; at = octets.indexOf('\xff', at + 1, end)) {
    if (countMpegAudioFrames(octets, at, count) === count) return at;
  }
  return -1;
}
