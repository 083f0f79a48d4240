import { describe, expect, it } from 'vitest';
import {
  jpegDetector,
  JPEG_SCANS_MAX,
  JPEG_TAIL_NOTED,
  type JPEG_FINDINGS,
} from '../../src/inspection/jpeg-detector.ts';
import { JPEG_DEPTH_MAX, JPEG_IMAGES_MAX } from '../../src/inspection/jpeg-images.ts';
import { JPEG_SEGMENTS_MAX } from '../../src/inspection/jpeg-markers.ts';
import { PHOTO_PIXELS_LARGE, PHOTO_PIXELS_MAX } from '../../src/inspection/photo-area.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import {
  EOI,
  exifSegment,
  frameOf,
  jpegOf,
  nestedThumbnails,
  ordinaryJpeg,
  SCAN,
  segmentOf,
  SOI,
  TABLES,
  thumbnailSegment,
  type SampleFrame,
} from '../support/jpeg-sample.ts';
import { be32, joined, zeros, type Piece } from '../support/sample-octets.ts';
import { pictureTiff } from '../support/tiff-sample.ts';
import { ORDINARY_ZIP } from '../support/zip-sample.ts';

type Code = keyof typeof JPEG_FINDINGS;

const codes = (...pieces: readonly Piece[]): readonly Code[] => codesOf(jpegDetector, joined(...pieces));
const framed = (frame: SampleFrame): Uint8Array => jpegOf(TABLES, frameOf(frame), SCAN);
const row = (count: number, piece: Piece): Uint8Array => joined(...Array<Piece>(count).fill(piece));
const side = Math.sqrt(PHOTO_PIXELS_MAX);
const noisy = (length: number): Uint8Array => new Uint8Array(length).fill(0x41);

const POSITIVES: Readonly<Record<Code, Uint8Array>> = {
  'jpeg-segment-length': ordinaryJpeg(segmentOf(0xfe, '', 1)),
  'jpeg-segments-over-limit': ordinaryJpeg(row(JPEG_SEGMENTS_MAX, segmentOf(0xfe))),
  'jpeg-scans-over-limit': jpegOf(frameOf(), row(JPEG_SCANS_MAX + 1, SCAN)),
  'jpeg-truncated': ordinaryJpeg().subarray(0, -2),
  'jpeg-start-repeated': ordinaryJpeg(SOI),
  'jpeg-stray-octets': ordinaryJpeg(segmentOf(0xfe), 'stray'),
  'jpeg-frame-missing': jpegOf(TABLES, SCAN, frameOf()),
  'jpeg-frame-repeated': jpegOf(TABLES, frameOf(), frameOf({ width: 60_000, height: 60_000 }), SCAN),
  'jpeg-frame-broken': framed({ components: 3, described: 1 }),
  'jpeg-frame-empty': framed({ width: 0 }),
  'jpeg-pixel-flood': framed({ width: Math.ceil(side), height: Math.ceil(side) }),
  'jpeg-many-pixels': framed({ width: 50_001, height: 1000 }),
  'jpeg-tail': joined(ordinaryJpeg(), ordinaryJpeg()),
  'jpeg-tail-unknown': joined(ordinaryJpeg(), noisy(JPEG_TAIL_NOTED + 1)),
  'jpeg-tail-zip': joined(ordinaryJpeg(), ORDINARY_ZIP),
  'jpeg-depth-over-limit': nestedThumbnails(JPEG_DEPTH_MAX + 1),
  'jpeg-images-over-limit': row(JPEG_IMAGES_MAX + 1, ordinaryJpeg()),
};

/** Pictures as cameras, phones and encoders write them. */
const ORDINARY: Readonly<Record<string, Uint8Array>> = {
  'a baseline picture': ordinaryJpeg(),
  'a progressive picture': jpegOf(TABLES, frameOf({ marker: 0xc2 }), row(12, joined(segmentOf(0xc4), SCAN))),
  'a picture with Exif data': ordinaryJpeg(exifSegment(pictureTiff())),
  'a picture with a thumbnail': ordinaryJpeg(thumbnailSegment(ordinaryJpeg())),
  'fill octets before markers': ordinaryJpeg([0xff, 0xff, 0xff]),
  'zero octets behind the end': joined(ordinaryJpeg(), zeros(100_000)),
  'a picture of 48 megapixels': framed({ width: 8000, height: 6000 }),
  'an end record of a ZIP archive in scan data': jpegOf(TABLES, frameOf(), SCAN, 'PK\x05\x06', zeros(18)),
  'something else': joined('GIF89a', SOI, SCAN),
};

describe('jpegDetector', () => {
  it.each(Object.entries(POSITIVES))('reports %s', (code, bytes) => {
    expect(codesOf(jpegDetector, bytes)).toContain(code);
  });

  it.each(Object.entries(ORDINARY))('reports nothing of %s', (_, bytes) => {
    expect(codesOf(jpegDetector, bytes)).toEqual([]);
  });

  it.each<[string, Piece]>([
    ['a film, as motion photos have it', joined(be32(24), 'ftypmp42', zeros(100_000))],
    ['a further picture, as gain maps are', ordinaryJpeg()],
    ['a Samsung trailer', joined(noisy(100_000), 'SEFT')],
    ['a little of an unknown kind', noisy(JPEG_TAIL_NOTED)],
  ])('only notes what phones write behind a picture: %s', (_, tail) => {
    expect(codes(ordinaryJpeg(), tail)).toEqual(['jpeg-tail']);
  });

  it('counts pixels up to the limits', () => {
    expect(PHOTO_PIXELS_MAX).toBe(50_000 * 5000);
    expect(PHOTO_PIXELS_LARGE).toBe(50_000 * 1000);
    expect(codes(framed({ width: 50_000, height: 5000 }))).toEqual(['jpeg-many-pixels']);
    expect(codes(framed({ width: 50_000, height: 5001 }))).toEqual(['jpeg-pixel-flood']);
    expect(codes(framed({ width: 50_000, height: 1000 }))).toEqual([]);
  });

  it('finds a pixel flood behind 200 KiB of padding', () => {
    const padding = row(4, segmentOf(0xe1, zeros(0xfffd)));
    expect(codes(jpegOf(padding, frameOf({ width: 60_000, height: 60_000 }), SCAN))).toEqual([
      'jpeg-pixel-flood',
    ]);
  });

  it('finds a pixel flood in a thumbnail, and in a picture behind the picture', () => {
    const flood = framed({ width: 60_000, height: 60_000 });
    expect(codes(ordinaryJpeg(thumbnailSegment(flood)))).toEqual(['jpeg-pixel-flood']);
    expect(codes(ordinaryJpeg(), flood)).toEqual(['jpeg-tail', 'jpeg-pixel-flood']);
  });

  it('tells the place in the part, and how deep it is', () => {
    const broken = ordinaryJpeg(segmentOf(0xfe, '', 0));
    const [detection] = detectionsOf(jpegDetector, joined(ordinaryJpeg(thumbnailSegment(broken))));
    const offset = ordinaryJpeg(thumbnailSegment(broken)).indexOf(0xfe);
    expect(detection).toEqual({
      code: 'jpeg-segment-length',
      offset: offset - 1,
      evidence: { marker: 0xfe, length: 0, depth: 1 },
    });
  });

  it('allows as many scans as the limit', () => {
    expect(codes(jpegOf(frameOf(), row(JPEG_SCANS_MAX, SCAN)))).toEqual([]);
  });

  it('takes an end of picture without anything else', () => {
    expect(codes(SOI, EOI)).toEqual([]);
  });

  it('reports nothing worse than a truncation of a picture that is cut off', () => {
    const picture = ordinaryJpeg(thumbnailSegment(ordinaryJpeg()));
    for (let length = 3; length < picture.length; length += 1) {
      expect(codes(picture.subarray(0, length))).toEqual(['jpeg-truncated']);
    }
  });

  it('does not throw on damaged pictures', () => {
    const samples = [...Object.values(ORDINARY), ...Object.values(POSITIVES)].filter(
      ({ length }) => length < 10_000,
    );
    for (const sample of samples) detectTruncated(jpegDetector, sample.subarray(0, 2000));
    detectMutated(jpegDetector, samples);
  });
});
