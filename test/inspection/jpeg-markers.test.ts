import { describe, expect, it } from 'vitest';
import {
  jpegDimensions,
  jpegFrame,
  jpegSegments,
  JPEG_SEGMENTS_MAX,
  readJpeg,
  type JpegSegment,
} from '../../src/inspection/jpeg-markers.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { frameOf, jpegOf, ordinaryJpeg, SCAN, segmentOf, SOI, TABLES } from '../support/jpeg-sample.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';

const read = (bytes: Uint8Array): ReturnType<typeof readJpeg> => readJpeg(new Octets(bytes));
const markersOf = (bytes: Uint8Array): readonly string[] =>
  read(bytes).segments.map(({ marker }) => marker.toString(16));
const segment = (...pieces: readonly Piece[]): JpegSegment => read(joined(SOI, ...pieces)).segments[1]!;
const comments = (count: number): readonly Uint8Array[] => Array<Uint8Array>(count).fill(segmentOf(0xfe));

describe('readJpeg', () => {
  it('gives the segments of a picture and where it ends', () => {
    const picture = ordinaryJpeg();
    expect(markersOf(picture)).toEqual(['d8', 'e0', 'db', 'c4', 'c0', 'da', 'd9']);
    expect(read(joined(picture, 'tail')).end).toBe(picture.length);
  });

  it.each<[string, readonly Piece[], readonly string[]]>([
    ['stuffed and restart markers are part of a scan', [SCAN], ['d8', 'da', 'd9']],
    ['restart markers outside a scan are segments', [[0xff, 0xd0]], ['d8', 'd0', 'd9']],
    ['fill octets may stand before a marker', [[0xff, 0xff], segmentOf(0xfe)], ['d8', 'fe', 'd9']],
    ['FF 00 outside a scan is no marker', [[0xff, 0x00]], ['d8', 'd9']],
    ['a length below 2 covers itself', [segmentOf(0xfe, '', 0), segmentOf(0xfe)], ['d8', 'fe', 'fe', 'd9']],
    ['markers inside a segment are not seen', [segmentOf(0xe1, [0xff, 0xd9])], ['d8', 'e1', 'd9']],
    ['a scan may follow another', [SCAN, SCAN], ['d8', 'da', 'da', 'd9']],
  ])('%s', (_, pieces, markers) => {
    expect(markersOf(jpegOf(...pieces))).toEqual(markers);
  });

  it('tells where a segment stands', () => {
    expect(segment([0xff], segmentOf(0xfe, 'abc'))).toEqual({
      ...{ marker: 0xfe, offset: 3, length: 5, start: 7, end: 10, isCut: false, stray: 0 },
    });
  });

  it('counts the octets that belong to no segment', () => {
    expect(segment('junk', segmentOf(0xfe)).stray).toBe(4);
    expect(segment('junk', [0xff], segmentOf(0xfe)).stray).toBe(4);
  });

  it.each([
    ['the length', [0xff, 0xfe], undefined],
    ['half of the length', [0xff, 0xfe, 0], undefined],
    ['the body', [0xff, 0xfe, 0, 9, 1], 9],
  ])('marks a segment as cut where the octets end before %s', (_, pieces, length) => {
    expect(segment(pieces)).toMatchObject({ isCut: true, length });
    expect(read(joined(SOI, pieces)).end).toBeUndefined();
  });

  it('stops at the limit of segments', () => {
    const most = jpegOf(...comments(JPEG_SEGMENTS_MAX - 2));
    const more = jpegOf(...comments(JPEG_SEGMENTS_MAX - 1));
    expect(read(most)).toMatchObject({ isOverLimit: false, end: most.length });
    expect(read(more)).toMatchObject({ isOverLimit: true, end: undefined });
    expect(read(more).segments).toHaveLength(JPEG_SEGMENTS_MAX);
  });
});

describe('jpegSegments', () => {
  it('goes over as many stray octets as it is told', () => {
    const count = (stray: number): number =>
      [...jpegSegments(new Octets(joined(SOI, zeros(stray), segmentOf(0xfe))), 0, 4)].length;
    expect([count(3), count(4)]).toEqual([2, 1]);
  });
});

describe('jpegFrame', () => {
  const frame = (piece: Piece): ReturnType<typeof jpegFrame> => {
    const bytes = joined(SOI, piece);
    return jpegFrame(new Octets(bytes), read(bytes).segments[1]!);
  };

  it('reads a frame header', () => {
    expect(frame(frameOf({ precision: 12, width: 0x1234, height: 0x5678 }))).toEqual({
      ...{ precision: 12, width: 0x1234, height: 0x5678, components: 3, isWellFormed: true },
    });
  });

  it.each([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc7, 0xc9, 0xcb, 0xcd, 0xcf])('takes %i for a frame', (marker) => {
    expect(frame(frameOf({ marker }))).toBeDefined();
  });

  it.each([0xbf, 0xc4, 0xc8, 0xcc, 0xd0, 0xe0])('takes %i for no frame', (marker) => {
    expect(frame(frameOf({ marker }))).toBeUndefined();
  });

  it.each([{ components: 0 }, { components: 3, described: 2 }, { components: 3, described: 4 }])(
    'sees that the length does not fit: %o',
    (wrong) => {
      expect(frame(frameOf(wrong))?.isWellFormed).toBe(false);
    },
  );

  it('gives nothing for a header that is cut off', () => {
    expect(frame(frameOf().subarray(0, 9))).toBeUndefined();
    expect(frame(frameOf().subarray(0, 10))).toBeDefined();
  });
});

describe('jpegDimensions', () => {
  const dimensions = (bytes: Uint8Array): ReturnType<typeof jpegDimensions> =>
    jpegDimensions(new Octets(bytes));

  it('gives width and height', () => {
    expect(dimensions(jpegOf(TABLES, frameOf({ width: 320, height: 200 })))).toEqual({
      width: 320,
      height: 200,
    });
  });

  it('finds the frame behind 200 KiB of padding', () => {
    const padding = Array<Uint8Array>(4).fill(segmentOf(0xe1, zeros(0xfffd)));
    expect(dimensions(jpegOf(...padding, frameOf()))).toEqual({ width: 16, height: 8 });
  });

  it('gives nothing without a frame, or for anything else', () => {
    expect(dimensions(jpegOf(TABLES))).toBeUndefined();
    expect(dimensions(joined('GIF89a', frameOf()))).toBeUndefined();
    expect(dimensions(jpegOf(...comments(JPEG_SEGMENTS_MAX - 1), frameOf()))).toBeUndefined();
    expect(dimensions(jpegOf(...comments(JPEG_SEGMENTS_MAX - 2), frameOf()))).toBeDefined();
  });
});
