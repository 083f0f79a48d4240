import { describe, expect, it } from 'vitest';
import { ID3_FINDINGS, id3Detector } from '../../src/inspection/id3-detector.ts';
import { ID3_FRAMES_MAX, ID3_TAG_BYTES_MAX } from '../../src/inspection/id3-tag.ts';
import { ID3_TAGS_MAX } from '../../src/inspection/sniff-sound.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { frameOf, id3Of, ORDINARY_TAGS, syncsafe } from '../support/id3-sample.ts';
import { MP3_FRAMES } from '../support/media-samples.ts';
import { be16, be32, joined, zeros, type Piece } from '../support/sample-octets.ts';

type Code = keyof typeof ID3_FINDINGS;
const codes = (bytes: Uint8Array): readonly Code[] => codesOf(id3Detector, bytes);

const POSITIVES: Readonly<Record<Code, Uint8Array>> = {
  'id3-size-not-syncsafe': id3Of([zeros(5)], { size: [0, 0, 0, 0x85] }),
  'id3-truncated': id3Of([zeros(5)], { size: syncsafe(6) }),
  'id3-over-limit': id3Of([zeros(5)], { size: syncsafe(ID3_TAG_BYTES_MAX + 1) }),
  'id3-tags-several': joined(...ORDINARY_TAGS),
  'id3-extended-header-overflow': id3Of([be32(0xfffffffc), zeros(6)], { flags: 0x40 }),
  'id3-padding-overflow': id3Of([be32(6), be16(0), be32(0xffffffff), zeros(9)], { flags: 0x40 }),
  'id3-frame-overflow': id3Of([frameOf('TIT2', '', { size: be32(1) })]),
  'id3-data-length-underflow': id3Of([frameOf('TIT2', 'a', { version: 4, flags: 1 })], { version: 4 }),
  'id3-frame-unknown': id3Of(['no frame at all']),
  'id3-frames-over-limit': id3Of(Array<Piece>(ID3_FRAMES_MAX + 1).fill(frameOf('PRIV', ''))),
};

describe('an ID3 tag', () => {
  it.each(Object.entries(POSITIVES))('is reported as %s', (code, bytes) => {
    expect(codes(bytes)).toContain(code);
    expect(codes(joined(bytes, MP3_FRAMES)).every((found) => Object.hasOwn(ID3_FINDINGS, found))).toBe(true);
  });

  it('is not reported at all when it is ordinary', () => {
    for (const tag of ORDINARY_TAGS) expect(codes(joined(tag, MP3_FRAMES))).toEqual([]);
    expect(codes(MP3_FRAMES)).toEqual([]);
    expect(codes(joined('text about ', ORDINARY_TAGS[0]!))).toEqual([]);
  });

  it('may be as large as players look into', () => {
    expect(codes(id3Of([zeros(ID3_TAG_BYTES_MAX)]))).toEqual([]);
    expect(codes(id3Of([zeros(ID3_TAG_BYTES_MAX + 1)]))).toEqual(['id3-over-limit']);
  });

  it('is looked at behind another one, so many times', () => {
    const bad = POSITIVES['id3-frame-overflow'];
    const behind = (tags: number): readonly Code[] =>
      codes(joined(...Array<Piece>(tags).fill(id3Of([])), bad));
    expect(behind(ID3_TAGS_MAX - 1)).toEqual(['id3-tags-several', 'id3-frame-overflow']);
    expect(behind(ID3_TAGS_MAX)).toEqual(['id3-tags-several']);
  });

  it('is reported with its place', () => {
    const first = ORDINARY_TAGS[0]!;
    expect(detectionsOf(id3Detector, joined(first, POSITIVES['id3-frame-overflow']))).toEqual([
      { code: 'id3-tags-several', offset: first.length },
      { code: 'id3-frame-overflow', offset: first.length + 10, evidence: { version: 3 } },
    ]);
  });

  it('never makes the detector throw, cut off anywhere or damaged in any way', () => {
    for (const tag of ORDINARY_TAGS) detectTruncated(id3Detector, joined(tag, tag));
    const bad = Object.values(POSITIVES).filter(({ length }) => length < 1000);
    detectMutated(id3Detector, [...ORDINARY_TAGS, ...bad]);
  });
});
