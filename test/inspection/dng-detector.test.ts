import { describe, expect, it } from 'vitest';
import {
  dngDetector,
  DNG_CHUNKS_MAX,
  DNG_LISTS_MAX,
  DNG_SEGMENTS_MAX,
  type DNG_FINDINGS,
} from '../../src/inspection/dng-detector.ts';
import { DNG_OPCODES_MAX } from '../../src/inspection/dng-opcodes.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { frameOf, jpegOf, SCAN, segmentOf, SOI, type SampleFrame } from '../support/jpeg-sample.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';
import {
  areaOf,
  longs,
  opcodeListOf,
  opcodeOf,
  pictureTiff,
  TAGS,
  TYPES,
  type SampleEntry,
  type SampleTiff,
} from '../support/tiff-sample.ts';

type Code = keyof typeof DNG_FINDINGS;

const OPCODE_LIST_1 = 0xc740;
const OPCODE_LIST_2 = 0xc741;
const OPCODE_LIST_3 = 0xc74e;

const codes = (bytes: Uint8Array): readonly Code[] => codesOf(dngDetector, bytes);
const list = (values: Uint8Array, tag = OPCODE_LIST_2, type: number = TYPES.undefined): SampleEntry => ({
  ...{ tag, type, values },
});
const withList = (...given: Parameters<typeof list>): Uint8Array => pictureTiff([list(...given)]);
const EMPTY = opcodeListOf([]);

const LOSSLESS: SampleFrame = { marker: 0xc3, precision: 14, width: 4, height: 2, components: 1 };
const lossless = (frame: SampleFrame): Uint8Array =>
  jpegOf(segmentOf(0xc4), frameOf({ ...LOSSLESS, ...frame }), SCAN);
/** A raw picture of 4 by 2 pixels of 16 bits, in one strip of lossless JPEG. */
const raw = (
  samples: number,
  strip: Piece,
  changes: readonly SampleEntry[] = [],
  file: Partial<SampleTiff> = {},
): Uint8Array => {
  const ordinary = [
    longs(TAGS.compression, 7),
    longs(TAGS.samplesPerPixel, samples),
    longs(TAGS.bitsPerSample, 16),
  ];
  const kept = ordinary.filter(({ tag }) => changes.every((change) => change.tag !== tag));
  return pictureTiff([...kept, ...changes], { blobs: [strip], ...file });
};
const strips = (count: number): Uint8Array =>
  raw(1, lossless({}), [
    {
      ...{ tag: TAGS.stripOffsets, type: TYPES.long },
      values: ({ blobs }) => Array<number>(count).fill(blobs[0] ?? 0),
    },
  ]);
const lists = (count: number): Uint8Array => pictureTiff(Array<SampleEntry>(count).fill(list(EMPTY)));
const gainMap = (plane: number, planes: number): Uint8Array =>
  opcodeListOf([opcodeOf(9, areaOf([0, 0, 2, 4], [plane, planes]))]);

const POSITIVES: Readonly<Record<Code, Uint8Array>> = {
  'dng-opcode-count': withList(opcodeListOf([], 0x00ffffff)),
  'dng-opcode-chain': withList(opcodeListOf([], 1)),
  'dng-opcode-plane': withList(gainMap(5125, 1)),
  'dng-opcode-area': withList(opcodeListOf([opcodeOf(9, areaOf([0, 0, 3, 4], [0, 1]))])),
  'dng-opcode-type': withList(EMPTY, OPCODE_LIST_2, TYPES.byte),
  'dng-lists-over-limit': lists(DNG_LISTS_MAX + 1),
  'dng-jpeg-short-row': raw(2, lossless({ components: 1 })),
  'dng-jpeg-frame-missing': raw(1, 'no JPEG'),
  'dng-chunks-over-limit': strips(DNG_CHUNKS_MAX + 1),
};

/** Files as cameras and phones write them. */
const ORDINARY: Readonly<Record<string, Uint8Array>> = {
  'a TIFF file': pictureTiff(),
  'an empty opcode list': withList(EMPTY),
  'a gain map on the mosaic': withList(gainMap(0, 1)),
  'an operation on three planes of the picture in colour': withList(gainMap(0, 3), OPCODE_LIST_3),
  'a mosaic in two components of half the width': raw(1, lossless({ width: 2, components: 2 })),
  'a mosaic in two components of the full width': raw(1, lossless({ components: 2 })),
  'two samples in one component of twice the width': raw(2, lossless({ width: 8 })),
  'two samples in two components': raw(2, lossless({ components: 2 })),
  'two samples in planes one after another': raw(2, lossless({}), [longs(TAGS.planarConfiguration, 2)]),
  'a JPEG preview': raw(3, lossless({ marker: 0xc0, precision: 8, components: 3 }), [
    longs(TAGS.bitsPerSample, 8, 8, 8),
  ]),
  'two samples that are not JPEG': raw(2, lossless({}), [longs(TAGS.compression, 1)]),
  'as many opcode lists as the limit': lists(DNG_LISTS_MAX),
  'as many strips as the limit': strips(DNG_CHUNKS_MAX),
  'a strip outside the file': raw(2, '', [longs(TAGS.stripOffsets, 100_000)]),
  'a frame without width': raw(2, lossless({ width: 0 })),
  'something else': joined('II*', POSITIVES['dng-opcode-count']),
};

describe('dngDetector', () => {
  it.each(Object.entries(POSITIVES))('reports %s and nothing else', (code, bytes) => {
    expect(codes(bytes)).toEqual([code]);
  });

  it.each(Object.entries(ORDINARY))('reports nothing of %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it.each([OPCODE_LIST_1, OPCODE_LIST_2, OPCODE_LIST_3])('reads the opcode list of tag %i', (tag) => {
    expect(codes(withList(opcodeListOf([], DNG_OPCODES_MAX + 1), tag))).toEqual(['dng-opcode-count']);
    expect(codes(withList(gainMap(4, 1), tag))).toEqual(['dng-opcode-plane']);
  });

  it('reads opcode lists big-endian in a little-endian file', () => {
    expect(codes(pictureTiff([list(gainMap(0, 1))], { isLittleEndian: true }))).toEqual([]);
    expect(codes(pictureTiff([list(gainMap(1, 1))], { isLittleEndian: true }))).toEqual(['dng-opcode-plane']);
  });

  it.each([{}, { isLittleEndian: true }, { isBig: true }])(
    'finds a short row in every kind of file: %o',
    (file) => {
      expect(codes(raw(2, lossless({}), [], file))).toEqual(['dng-jpeg-short-row']);
    },
  );

  it.each<[string, Uint8Array]>([
    ['behind padding', jpegOf(segmentOf(0xfe, zeros(0xfffd)), frameOf(LOSSLESS))],
    ['of a tile', lossless({})],
    ['of any frame', lossless({ marker: 0xc0 })],
    ['of a second frame', jpegOf(frameOf({ ...LOSSLESS, components: 2 }), frameOf(LOSSLESS), SCAN)],
    ['without a length in the tables', lossless({})],
  ])('finds a short row %s', (kind, strip) => {
    const changes: Readonly<Record<string, readonly SampleEntry[]>> = {
      'of a tile': [longs(TAGS.tileWidth, 4), longs(TAGS.tileLength, 2)],
      'without a length in the tables': [longs(TAGS.stripByteCounts, 0)],
    };
    expect(codes(raw(2, strip, changes[kind]))).toEqual(['dng-jpeg-short-row']);
  });

  it('compares octets of a row, not bits: 14 bits are kept in 16', () => {
    expect(codes(raw(2, lossless({ width: 8, precision: 14 })))).toEqual([]);
    expect(codes(raw(2, lossless({ width: 7, precision: 14 })))).toEqual(['dng-jpeg-short-row']);
    expect(codes(raw(2, lossless({ width: 8, precision: 8 })))).toEqual(['dng-jpeg-short-row']);
  });

  it('tells the place and the numbers', () => {
    const bytes = POSITIVES['dng-jpeg-short-row'];
    expect(detectionsOf(dngDetector, bytes)).toEqual([
      {
        code: 'dng-jpeg-short-row',
        offset: Buffer.from(bytes).indexOf(joined(SOI)),
        evidence: { width: 4, components: 1, precision: 14, samples: 2, chunkWidth: 4 },
      },
    ]);
  });

  it('looks for a frame as far as the limits', () => {
    const behind = (count: number): Uint8Array =>
      raw(2, joined(SOI, ...Array<Uint8Array>(count).fill(segmentOf(0xfe)), frameOf(LOSSLESS)));
    expect(codes(behind(DNG_SEGMENTS_MAX - 2))).toEqual(['dng-jpeg-short-row']);
    expect(codes(behind(DNG_SEGMENTS_MAX - 1))).toEqual(['dng-jpeg-frame-missing']);
  });

  it('does not throw on damaged files', () => {
    const samples = [...Object.values(ORDINARY), ...Object.values(POSITIVES)].filter(
      ({ length }) => length < 3000,
    );
    for (const sample of samples) detectTruncated(dngDetector, sample);
    detectMutated(dngDetector, samples);
  });
});
