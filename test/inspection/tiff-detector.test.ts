import { describe, expect, it } from 'vitest';
import { PHOTO_PIXELS_MAX } from '../../src/inspection/photo-area.ts';
import { tiffDetector, TIFF_TAIL_MAX, type TIFF_FINDINGS } from '../../src/inspection/tiff-detector.ts';
import { TIFF_CHUNKS_MAX, TIFF_IFD_ENTRIES_MAX, TIFF_IFDS_MAX } from '../../src/inspection/tiff-image.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';
import {
  longs,
  pictureIfd,
  pictureTiff,
  TAGS,
  tiffOf,
  TYPES,
  type SampleEntry,
  type SampleTiff,
} from '../support/tiff-sample.ts';
import { ORDINARY_ZIP, zipOf } from '../support/zip-sample.ts';

type Code = keyof typeof TIFF_FINDINGS;

const codes = (bytes: Uint8Array): readonly Code[] => codesOf(tiffDetector, bytes);
const pages = (count: number): Uint8Array =>
  tiffOf({
    ifds: Array.from({ length: count }, (_, index) => ({
      ...pictureIfd(),
      next: ({ ifds }) => ifds[index + 1] ?? 0,
    })),
    blobs: [zeros(8)],
  });
const sized = (width: number, height: number): Uint8Array =>
  pictureTiff([longs(TAGS.width, width), longs(TAGS.height, height)]);
const stripped = (count: number): Uint8Array =>
  pictureTiff([
    longs(TAGS.height, count),
    longs(TAGS.rowsPerStrip, 1),
    { tag: TAGS.stripOffsets, type: TYPES.byte, values: new Uint8Array(count).fill(8) },
    { tag: TAGS.stripByteCounts, type: TYPES.byte, values: zeros(count) },
  ]);
const tailed = (...pieces: readonly Piece[]): Uint8Array => pictureTiff([], { tail: joined(...pieces) });
const other = (entry: SampleEntry): Uint8Array => pictureTiff([entry]);
const PRIVATE = 0x9000;

const POSITIVES: Readonly<Record<Code, Uint8Array>> = {
  'tiff-count-wraps': other({ tag: PRIVATE, type: TYPES.long, values: [1], count: 0x40000001 }),
  'tiff-cycle': tiffOf({ ifds: [{ ...pictureIfd(), next: ({ ifds }) => ifds[0] ?? 0 }], blobs: [zeros(8)] }),
  'tiff-ifd-shared': other({
    ...{ tag: TAGS.subIfds, type: TYPES.long, values: ({ ifds }) => [ifds[0]! + 2, ifds[0]! + 2] },
  }),
  'tiff-ifds-over-limit': pages(TIFF_IFDS_MAX + 1),
  'tiff-entries-over-limit': tiffOf({
    ifds: [
      { entries: Array.from({ length: TIFF_IFD_ENTRIES_MAX + 1 }, (_, index) => longs(PRIVATE + index, 1)) },
    ],
  }),
  'tiff-chunks-over-limit': stripped(TIFF_CHUNKS_MAX + 1),
  'tiff-type-unknown': other({ tag: PRIVATE, type: 19, values: [] }),
  'tiff-tag-repeated': pictureTiff([longs(PRIVATE, 1), longs(PRIVATE, 2)]),
  'tiff-value-outside': other({ tag: PRIVATE, type: TYPES.ascii, values: zeros(9), field: 1000 }),
  'tiff-ifd-outside': other(longs(TAGS.exif, 1000)),
  'tiff-truncated': pictureTiff().subarray(0, 20),
  'tiff-chunk-outside': other(longs(TAGS.stripByteCounts, 9)),
  'tiff-chunk-count': other(longs(TAGS.rowsPerStrip, 1)),
  'tiff-pixel-flood': sized(50_000, PHOTO_PIXELS_MAX / 50_000 + 1),
  'tiff-many-pixels': sized(50_000, PHOTO_PIXELS_MAX / 50_000),
  'tiff-tail': tailed(zeros(TIFF_TAIL_MAX + 1)),
  'tiff-appended-zip': tailed(ORDINARY_ZIP),
};

const VARIANTS: readonly Partial<SampleTiff>[] = [
  {},
  { isLittleEndian: true },
  { isBig: true },
  { isBig: true, isLittleEndian: true },
];

/** Files as scanners, faxes and cameras write them. */
const ORDINARY: Readonly<Record<string, Uint8Array>> = {
  'as many pages as the limit': pages(TIFF_IFDS_MAX),
  'as many strips as the limit': stripped(TIFF_CHUNKS_MAX),
  'a picture of 48 megapixels': sized(8000, 6000),
  'a value in place of a tail': other({ tag: PRIVATE, type: TYPES.undefined, values: zeros(100_000) }),
  'a little behind everything': tailed(zeros(TIFF_TAIL_MAX)),
  'an end record of a ZIP archive in the pixels': pictureTiff([], {
    blobs: [joined('PK\x05\x06', zeros(18))],
  }),
  'something else': joined('II*', POSITIVES['tiff-cycle']),
};

describe('tiffDetector', () => {
  it.each(Object.entries(POSITIVES))('reports %s', (code, bytes) => {
    expect(codes(bytes)).toContain(code);
  });

  it.each(VARIANTS)('reports nothing of an ordinary picture: %o', (variant) => {
    expect(codes(pictureTiff([], variant))).toEqual([]);
  });

  it.each(VARIANTS)('reports what is wrong with a file: %o', (variant) => {
    const wrong = [longs(TAGS.exif, 100_000), longs(TAGS.stripByteCounts, 100_000)];
    expect(codes(pictureTiff(wrong, variant))).toEqual(['tiff-ifd-outside', 'tiff-chunk-outside']);
  });

  it.each(Object.entries(ORDINARY))('reports nothing of %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ['behind zero octets', tailed(zeros(100), ORDINARY_ZIP)],
    ['before a tail', tailed(ORDINARY_ZIP, zeros(60_000))],
    ['with a comment', tailed(zipOf([{ name: 'lib.so', content: 'x' }], { comment: zeros(60_000) }))],
    ['with 64-bit sizes', tailed(zipOf([{ name: 'lib.so', content: 'x' }], { zip64: {} }))],
    ['with a second end', tailed(ORDINARY_ZIP, 'PK\x05\x06', zeros(18))],
    ['in a value', other({ tag: PRIVATE, type: TYPES.undefined, values: ORDINARY_ZIP })],
  ])('finds a ZIP archive %s', (_, bytes) => {
    expect(codes(bytes)).toContain('tiff-appended-zip');
  });

  it('tells where the tail starts', () => {
    const tail = detectionsOf(tiffDetector, POSITIVES['tiff-tail']).find(({ code }) => code === 'tiff-tail');
    expect(tail).toMatchObject({ offset: pictureTiff().length, evidence: { length: TIFF_TAIL_MAX + 1 } });
  });

  it('reports nothing worse than a truncation of a file that is cut off', () => {
    const file = pictureTiff([longs(PRIVATE, 1, 2, 3)]);
    const harmless: readonly Code[] = [
      'tiff-truncated',
      'tiff-value-outside',
      'tiff-chunk-outside',
      'tiff-ifd-outside',
      'tiff-chunk-count',
    ];
    for (let length = 0; length < file.length; length += 1) {
      expect(codes(file.subarray(0, length)).filter((code) => !harmless.includes(code))).toEqual([]);
    }
  });

  it('does not throw on damaged files', () => {
    const all = [...Object.values(ORDINARY), ...Object.values(POSITIVES)];
    const samples = [...VARIANTS.map((variant) => pictureTiff([], variant)), ...all].filter(
      ({ length }) => length < 3000,
    );
    for (const sample of samples) detectTruncated(tiffDetector, sample);
    detectMutated(tiffDetector, samples);
  });
});
