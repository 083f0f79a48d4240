import { describe, expect, it } from 'vitest';
import { walkBoxes } from '../../src/inspection/isobmff-boxes.ts';
import { BOX_CHECKS, PLAIN_BOX_BYTES_MAX, VIDEO_SIDE_MAX } from '../../src/inspection/isobmff-checks.ts';
import { ISOBMFF_FINDINGS } from '../../src/inspection/isobmff-detector.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { PHOTO_PIXELS_LARGE, PHOTO_PIXELS_MAX } from '../../src/inspection/photo-area.ts';
import {
  audioEntryOf,
  esdsOf,
  fullBoxOf,
  largeBoxOf,
  pictureOf,
  sizedBoxOf,
  tableOf,
  visualEntryOf,
} from '../support/isobmff-sample.ts';
import { boxOf } from '../support/media-samples.ts';
import { be16, be32, joined, patched, zeros, type Piece } from '../support/sample-octets.ts';

/** The codes that all boxes of the bytes deserve. */
function codesOf(bytes: Uint8Array): readonly string[] {
  const octets = new Octets(bytes);
  return [...walkBoxes(octets)].flatMap((step) =>
    step.kind === 'box'
      ? BOX_CHECKS.filter(({ applies }) => applies(step.box, octets)).map(({ code }) => code)
      : [],
  );
}

const covr = (size: number): Uint8Array => sizedBoxOf('covr', size, zeros(Math.min(size - 8, 100)));
const pssh = (word: number, content: Piece): Uint8Array => fullBoxOf('pssh', word, zeros(16), content);
const timed = (type: string, scale: number): Uint8Array =>
  fullBoxOf(type, 0, zeros(8), be32(scale), zeros(8));
const timedWide = (type: string, scale: number): Uint8Array =>
  fullBoxOf(type, 0x01000000, zeros(16), be32(scale), zeros(12));
const video = (width: number, height: number): Uint8Array =>
  tableOf('stsd', 1, visualEntryOf('avc1', width, height));

/** The code, octets that deserve it, and octets that are next to those and do not. */
const ROWS: readonly (readonly [string, Uint8Array, Uint8Array])[] = [
  ['isobmff-large-size', largeBoxOf('moov'), boxOf('moov')],
  ['isobmff-large-size', largeBoxOf('free'), largeBoxOf('mdat')],
  ['isobmff-large-size', largeBoxOf('covX'), largeBoxOf('mpvd')],
  [
    'isobmff-box-over-limit',
    sizedBoxOf('moov', PLAIN_BOX_BYTES_MAX + 1),
    sizedBoxOf('moov', PLAIN_BOX_BYTES_MAX),
  ],
  [
    'isobmff-box-over-limit',
    boxOf('moov', sizedBoxOf('free', PLAIN_BOX_BYTES_MAX + 1)),
    sizedBoxOf('mdat', PLAIN_BOX_BYTES_MAX + 1),
  ],
  ['isobmff-table-version', fullBoxOf('stco', 1, be32(0)), fullBoxOf('stco', 0, be32(0))],
  ['isobmff-esds-overflow', esdsOf({ flags: 0x80, length: 3 }), esdsOf({ length: 3 })],
  ['isobmff-tx3g-size', sizedBoxOf('tx3g', 0x80000000), sizedBoxOf('tx3g', 0x7fffffff)],
  ['isobmff-tx3g-size', largeBoxOf('tx3g', zeros(40)), boxOf('tx3g', zeros(40))],
  ['isobmff-covr-size', covr(8), covr(25)],
  ['isobmff-covr-size', covr(24), covr(3000)],
  ['isobmff-covr-size', covr(0xfffffff0), covr(0xffffffef)],
  ['isobmff-covr-size', largeBoxOf('covr', zeros(100)), boxOf('covr', zeros(100))],
  [
    'isobmff-string-underflow',
    boxOf('udta', boxOf('titl', zeros(5))),
    boxOf('udta', boxOf('titl', zeros(7))),
  ],
  [
    'isobmff-string-unterminated',
    boxOf('udta', fullBoxOf('perf', 0, be16(1), 'x')),
    boxOf('udta', fullBoxOf('perf', 0, be16(1), 'x\0')),
  ],
  ['isobmff-pssh-overflow', pssh(0, joined(be32(5), 'data')), pssh(0, joined(be32(4), 'data'))],
  [
    'isobmff-pssh-overflow',
    pssh(0x01000000, joined(be32(2), zeros(16), be32(0))),
    pssh(0x01000000, joined(be32(1), zeros(16), be32(0))),
  ],
  ['isobmff-pssh-overflow', pssh(0, be16(0)), pssh(0, be32(0))],
  ['isobmff-data-size', boxOf('data', zeros(7)), boxOf('data', zeros(8))],
  ['isobmff-timescale-zero', timed('mvhd', 0), timed('mvhd', 1)],
  ['isobmff-timescale-zero', timedWide('mdhd', 0), timedWide('mdhd', 1)],
  ['isobmff-video-dimensions', video(VIDEO_SIDE_MAX + 1, 1), video(VIDEO_SIDE_MAX, VIDEO_SIDE_MAX)],
  ['isobmff-video-dimensions', video(1, VIDEO_SIDE_MAX + 1), video(1, 1)],
  ['isobmff-image-pixels', pictureOf(PHOTO_PIXELS_MAX + 1, 1), pictureOf(PHOTO_PIXELS_MAX, 1)],
  ['isobmff-image-pixels', pictureOf(0x10001, 0xffff), pictureOf(8000, 6000)],
  ['isobmff-image-large', pictureOf(PHOTO_PIXELS_LARGE + 1, 1), pictureOf(PHOTO_PIXELS_LARGE, 1)],
  ...['ec-3', 'ac-3', 'ac-4', 'alac', 'apac'].map(
    (type) =>
      [
        'isobmff-codec-unexpected',
        tableOf('stsd', 1, audioEntryOf(type, 0)),
        tableOf('stsd', 1, audioEntryOf('samr', 0), boxOf('free', type)),
      ] as const,
  ),
];

describe('a check of one box', () => {
  it.each(ROWS.map((row, index) => [index, ...row] as const))('%i: %s', (_, code, bad, good) => {
    expect(codesOf(bad)).toContain(code);
    expect(codesOf(good)).not.toContain(code);
  });

  it('is tried, whichever it is', () => {
    expect(new Set(ROWS.map(([code]) => code))).toEqual(new Set(BOX_CHECKS.map(({ code }) => code)));
    expect(BOX_CHECKS.every(({ code }) => Object.hasOwn(ISOBMFF_FINDINGS, code))).toBe(true);
  });

  it('judges nothing by what a cut took away', () => {
    const wholes = [
      pssh(0, joined(be32(4), 'data')),
      timed('mvhd', 1),
      video(16, 16),
      pictureOf(16, 16),
      boxOf('udta', fullBoxOf('perf', 0, be16(1), 'x\0')),
      esdsOf(),
    ];
    for (const whole of wholes) {
      for (let length = 8; length < whole.length; length += 1) {
        expect(codesOf(whole.subarray(0, length))).toEqual([]);
      }
    }
  });

  it('takes a huge number of keys for what it is', () => {
    const keys = patched(pssh(0x01000000, zeros(8)), 28, be32(0xffffffff));
    expect(codesOf(keys)).toEqual(['isobmff-pssh-overflow']);
  });
});
