import { describe, expect, it } from 'vitest';
import { EXIF_ENTRIES_MAX, EXIF_IFDS_MAX } from '../../src/inspection/exif-block.ts';
import { exifDetector, type EXIF_FINDINGS } from '../../src/inspection/exif-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { EXIF_START, exifSegment, ordinaryJpeg, thumbnailSegment } from '../support/jpeg-sample.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';
import {
  longs,
  TAGS,
  tiffOf,
  TYPES,
  type Places,
  type SampleEntry,
  type SampleIfd,
} from '../support/tiff-sample.ts';

type Code = keyof typeof EXIF_FINDINGS;

const codes = (bytes: Uint8Array): readonly Code[] => codesOf(exifDetector, bytes);
const photo = (tiff: Piece): Uint8Array<ArrayBuffer> => ordinaryJpeg(exifSegment(tiff));
const withEntry = (...entries: SampleEntry[]): Uint8Array => photo(tiffOf({ ifds: [{ entries }] }));
const pointer = (tag: number, index: number): SampleEntry => ({
  ...{ tag, type: TYPES.long, values: ({ ifds }: Places) => [ifds[index] ?? 0] },
});
const chain = (count: number): Uint8Array => {
  const ifds = Array.from({ length: count }, (_, index) => ({
    entries: [longs(TAGS.width, 1)],
    next: (places: Places) => places.ifds[index + 1] ?? 0,
  }));
  return photo(tiffOf({ ifds }));
};
const many = (count: number): Uint8Array =>
  withEntry(...Array.from({ length: count }, (_, index) => longs(0x1000 + index, 1)));

const MAKE = 0x010f;
const text = (tag: number, value: string): SampleEntry => ({
  ...{ tag, type: TYPES.ascii, values: joined(value, '\0') },
});

const POSITIVES: Readonly<Record<Code, Uint8Array>> = {
  'exif-count-wraps': withEntry({ tag: MAKE, type: TYPES.ascii, values: [1, 1, 1, 1], count: 0xffffffff }),
  'exif-type-unknown': withEntry({ tag: MAKE, type: 0, values: [1] }),
  'exif-cycle': withEntry(pointer(TAGS.exif, 0)),
  'exif-ifd-shared': withEntry(pointer(TAGS.interoperability, 0)),
  'exif-ifds-over-limit': chain(EXIF_IFDS_MAX + 1),
  'exif-entries-over-limit': many(EXIF_ENTRIES_MAX + 1),
  'exif-tag-repeated': withEntry(longs(MAKE, 1), longs(MAKE, 2)),
  'exif-value-outside': withEntry({ tag: MAKE, type: TYPES.ascii, values: zeros(8), field: 60_000 }),
  'exif-ifd-outside': withEntry(longs(TAGS.exif, 60_000)),
  'exif-truncated': photo(tiffOf({ ifds: [{ entries: [longs(MAKE, 1)] }] }).subarray(0, 14)),
  'exif-header-broken': photo('nonsense'),
};

/** What a camera writes: two pictures, Exif, GPS and interoperability directories. */
const CAMERA: readonly SampleIfd[] = [
  {
    entries: [text(MAKE, 'Some maker'), pointer(TAGS.exif, 1), pointer(TAGS.gps, 2)],
    next: ({ ifds }) => ifds[4] ?? 0,
  },
  { entries: [{ tag: 0x829a, type: TYPES.rational, values: zeros(8) }, pointer(TAGS.interoperability, 3)] },
  { entries: [longs(0, 2)] },
  { entries: [text(1, 'R98')] },
  { entries: [longs(TAGS.compression, 6)] },
];

const ORDINARY: Readonly<Record<string, Uint8Array>> = {
  'no Exif data': ordinaryJpeg(),
  'the data of a camera': photo(tiffOf({ ifds: CAMERA })),
  'the data of a camera, little-endian': photo(tiffOf({ ifds: CAMERA, isLittleEndian: true })),
  'what is in memory behind an Exif directory': photo(
    tiffOf({
      ifds: [{ entries: [pointer(TAGS.exif, 1)] }, { entries: [longs(MAKE, 1)], next: () => 0xdeadbeef }],
    }),
  ),
  'a UTF-8 value of Exif 3.0': withEntry({ tag: MAKE, type: 129, values: [0x41] }),
  'no GPS data, said by a pointer to nowhere': withEntry(longs(TAGS.gps, 0)),
  'as many directories as the limit': chain(EXIF_IFDS_MAX),
  'as many entries as the limit': many(EXIF_ENTRIES_MAX),
  'something else': joined('GIF89a', exifSegment('nonsense')),
};

describe('exifDetector', () => {
  it.each(Object.entries(POSITIVES))('reports %s and nothing else', (code, bytes) => {
    expect(codes(bytes)).toEqual([code]);
  });

  it.each(Object.entries(ORDINARY))('reports nothing of %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it.each([
    [TYPES.long, 0x20000000, 'exif-value-outside'],
    [TYPES.long, 0x20000001, 'exif-count-wraps'],
    [TYPES.rational, 0x10000000, 'exif-value-outside'],
    [TYPES.rational, 0x10000001, 'exif-count-wraps'],
    [TYPES.byte, 0x80000000, 'exif-value-outside'],
    [TYPES.byte, 0x80000001, 'exif-count-wraps'],
  ])('draws the line of CVE-2016-3862 at 2 GiB: type %d, count %d', (type, count, code) => {
    expect(codes(withEntry({ tag: MAKE, type, count, values: [], field: 8 }))).toEqual([code]);
  });

  it('looks at thumbnails, and at pictures behind the picture', () => {
    const bad = POSITIVES['exif-count-wraps'];
    expect(codes(ordinaryJpeg(thumbnailSegment(bad)))).toEqual(['exif-count-wraps']);
    expect(codes(joined(ordinaryJpeg(), bad))).toEqual(['exif-count-wraps']);
  });

  it('tells the place in the part', () => {
    expect(detectionsOf(exifDetector, POSITIVES['exif-count-wraps'])).toEqual([
      {
        code: 'exif-count-wraps',
        offset: EXIF_START + 8 + 2,
        evidence: { tag: MAKE, type: TYPES.ascii, count: 0xffffffff, depth: 0 },
      },
    ]);
  });

  it('reports nothing suspicious of data that are cut off', () => {
    const picture = ORDINARY['the data of a camera']!;
    const suspicions = ({ code }: { readonly code: Code }): boolean =>
      exifDetector.findings[code].severity !== 'info';
    for (let length = 0; length < picture.length; length += 1) {
      const found = detectionsOf(exifDetector, picture.subarray(0, length));
      expect(found.filter(suspicions)).toEqual([]);
    }
  });

  it('does not throw on damaged data', () => {
    const samples = [...Object.values(ORDINARY), ...Object.values(POSITIVES)].filter(
      ({ length }) => length < 3000,
    );
    for (const sample of samples) detectTruncated(exifDetector, sample);
    detectMutated(exifDetector, samples);
  });
});
