import { describe, expect, it } from 'vitest';
import { BOX_DEPTH_MAX, BOXES_MAX } from '../../src/inspection/isobmff-boxes.ts';
import {
  ISOBMFF_FINDINGS,
  isobmffDetector,
  type IsobmffCode,
} from '../../src/inspection/isobmff-detector.ts';
import { TABLES_BYTES_MAX } from '../../src/inspection/isobmff-tables.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import {
  audioEntryOf,
  esdsOf,
  filmOf,
  fullBoxOf,
  largeBoxOf,
  pictureOf,
  sizedBoxOf,
  tableOf,
  tagOf,
  visualEntryOf,
  type FilmParts,
} from '../support/isobmff-sample.ts';
import { BOX_SAMPLES, boxOf, brandsOf, SOUND_SAMPLES } from '../support/media-samples.ts';
import { be16, be32, joined, zeros, type Piece } from '../support/sample-octets.ts';

const codes = (bytes: Uint8Array): readonly IsobmffCode[] => codesOf(isobmffDetector, bytes);
const nested = (depth: number): Uint8Array => (depth === 0 ? zeros(0) : boxOf('udta', nested(depth - 1)));

/** A film with something wrong in it, for every code. */
const POSITIVES: Readonly<Record<IsobmffCode, FilmParts>> = {
  'isobmff-box-size': { moov: sizedBoxOf('free', 3) },
  'isobmff-box-overflow': { moov: sizedBoxOf('free', 100) },
  'isobmff-truncated': { end: sizedBoxOf('mdat', 100) },
  'isobmff-trailing': { end: joined(be32(3), 'and some more of it') },
  'isobmff-box-depth': { moov: nested(BOX_DEPTH_MAX) },
  'isobmff-box-flood': { moov: zeros(0), end: joined(...Array<Piece>(BOXES_MAX).fill(boxOf('free'))) },
  'isobmff-box-over-limit': { moov: sizedBoxOf('trak', 0x7fffffff) },
  'isobmff-large-size': { moov: largeBoxOf('trak') },
  'isobmff-brands-not-first': { brands: joined(boxOf('free'), brandsOf('isom')) },
  'isobmff-brands-missing': { brands: '' },
  'isobmff-moov-repeated': { end: boxOf('moov') },
  'isobmff-table-overflow': { tables: tableOf('stsc', 0x15555556) },
  'isobmff-tables-over-limit': {
    tables: joined(tableOf('stco', TABLES_BYTES_MAX / 8), tableOf('stss', TABLES_BYTES_MAX / 8)),
  },
  'isobmff-table-version': { tables: fullBoxOf('stts', 1, be32(0)) },
  'isobmff-esds-overflow': { entry: visualEntryOf('mp4v', 16, 16, esdsOf({ flags: 0x80, length: 3 })) },
  'isobmff-tx3g-size': { entry: largeBoxOf('tx3g', zeros(50)) },
  'isobmff-covr-size': { ilst: boxOf('covr', zeros(8)) },
  'isobmff-string-underflow': { udta: boxOf('titl', zeros(2)) },
  'isobmff-string-unterminated': { udta: fullBoxOf('auth', 0, be16(0x15c7), 'Somebody') },
  'isobmff-pssh-overflow': { moov: fullBoxOf('pssh', 0, zeros(16), be32(0xffffffff)) },
  'isobmff-data-size': { ilst: boxOf('©alb', boxOf('data', be32(1))) },
  'isobmff-timescale-zero': { timescale: 0 },
  'isobmff-video-dimensions': { entry: visualEntryOf('avc1', 0xffff, 16) },
  'isobmff-image-pixels': { end: pictureOf(65_535, 65_535).subarray(20) },
  'isobmff-image-large': { end: pictureOf(10_000, 6_000).subarray(20) },
  'isobmff-codec-unexpected': { entry: audioEntryOf('ec-3', 0) },
};

describe('an ISO base media file', () => {
  it.each(Object.entries(POSITIVES))('is reported as %s', (code, parts) => {
    expect(codes(filmOf(parts))).toContain(code);
  });

  it.each<[string, Uint8Array]>([
    ['a film', filmOf()],
    ['a film with a cover', filmOf({ ilst: tagOf('covr', zeros(1000)) })],
    ['a film with subtitles', filmOf({ entry: boxOf('tx3g', zeros(50)) })],
    ['a song', filmOf({ brands: brandsOf('M4A '), entry: audioEntryOf('mp4a', 0, esdsOf()) })],
    [
      'a QuickTime film',
      filmOf({ brands: brandsOf('qt  '), entry: audioEntryOf('mp4a', 1, boxOf('wave', esdsOf())) }),
    ],
    ['a protected film', filmOf({ moov: fullBoxOf('pssh', 0, zeros(16), be32(4), 'data') })],
    ['a film with a motion photo', filmOf({ end: largeBoxOf('mpvd', zeros(50)) })],
    [
      'a film whose media hold the names of boxes',
      filmOf({ end: boxOf('mdat', tableOf('stsc', 0x15555556)) }),
    ],
    ['a picture', pictureOf(4000, 3000)],
    ...Object.entries(BOX_SAMPLES),
  ])('is not reported at all when it is %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it('is the only thing that is looked at', () => {
    for (const [name, bytes] of Object.entries(SOUND_SAMPLES))
      expect([name, codes(bytes)]).toEqual([name, []]);
    expect(codes(joined('text about a ', filmOf({ timescale: 0 })))).toEqual([]);
  });

  it('is looked at behind other boxes, where players look for it too', () => {
    const film = filmOf({ timescale: 0 });
    expect(codes(joined(boxOf('free', zeros(8)), film))).toEqual([
      'isobmff-brands-not-first',
      'isobmff-timescale-zero',
    ]);
  });

  it('is reported with the place and the size of the box', () => {
    const tables = tableOf('stsc', 0x15555556);
    const film = filmOf({ tables });
    const offset = Buffer.from(film).indexOf(Buffer.from(tables));
    expect(detectionsOf(isobmffDetector, film)).toContainEqual({
      code: 'isobmff-table-overflow',
      offset,
      evidence: { box: 'stsc', size: 16 },
    });
  });

  it('is reported without the name of a box that is no word', () => {
    const film = filmOf({ moov: largeBoxOf('\x01\xffab') });
    expect(detectionsOf(isobmffDetector, film)[0]).toMatchObject({ evidence: { size: 16 } });
  });

  it('may claim as much memory for its tables as players give, and no more', () => {
    const tables = (bytes: number): readonly IsobmffCode[] =>
      codes(filmOf({ tables: tableOf('stco', bytes / 4) }));
    const others = 8 + 8 + 12 + 4 + 4 + 8;
    expect(tables(TABLES_BYTES_MAX - others)).not.toContain('isobmff-tables-over-limit');
    expect(tables(TABLES_BYTES_MAX - others + 4)).toContain('isobmff-tables-over-limit');
  });

  it('never makes the detector throw, cut off anywhere, and is then reported as cut off alone', () => {
    const film = filmOf();
    detectTruncated(isobmffDetector, film);
    for (let length = 20; length < film.length; length += 1) {
      const all = new Set(codes(film.subarray(0, length)));
      all.delete('isobmff-truncated');
      expect([length, ...all]).toEqual([length]);
    }
  });

  it('never makes the detector throw, damaged in any way', () => {
    const bad = Object.values(POSITIVES).map((parts) => filmOf(parts));
    detectMutated(isobmffDetector, [
      filmOf(),
      pictureOf(10, 10),
      ...bad.filter(({ length }) => length < 5000),
    ]);
  });

  it('has a code for every check that is documented', () => {
    expect(Object.keys(POSITIVES)).toEqual(Object.keys(ISOBMFF_FINDINGS));
  });
});
