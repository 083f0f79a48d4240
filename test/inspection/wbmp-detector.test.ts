import { describe, expect, it } from 'vitest';
import { WBMP_SIDE_MAX } from '../../src/inspection/sniff-images.ts';
import { WBMP_FINDINGS, wbmpDetector } from '../../src/inspection/wbmp-detector.ts';
import {
  codesOf,
  detectionsOf,
  detectMutated,
  detectTruncated,
  type PartChanges,
} from '../support/detection.ts';
import { wbmpOf } from '../support/media-samples.ts';
import { joined, zeros } from '../support/sample-octets.ts';

type Code = keyof typeof WBMP_FINDINGS;

/** A part that only claims to be a wireless bitmap, as every damaged one is. */
const CLAIMED = { declaredType: 'image/vnd.wap.wbmp' } as const;

const FOUND: readonly (readonly [string, Uint8Array, readonly Code[]])[] = [
  ['type 1', joined([1, 0, 8, 1, 0]), ['wbmp-header-invalid']],
  ['extensions', joined([0, 0x80, 8, 1, 0]), ['wbmp-header-invalid']],
  ['a side too long', wbmpOf(WBMP_SIDE_MAX + 1, 1), ['wbmp-sides-over-limit']],
  ['another side too long', wbmpOf(1, WBMP_SIDE_MAX + 1), ['wbmp-sides-over-limit']],
  ['no width', joined([0, 0, 0, 1]), ['wbmp-sides-over-limit']],
  ['no height', joined([0, 0, 1, 0]), ['wbmp-sides-over-limit']],
  ['a number of 32 bits', joined([0, 0, 0x8f, 0xff, 0xff, 0xff, 0x7f, 1]), ['wbmp-sides-over-limit']],
  ['a number that does not end', joined([0, 0], new Uint8Array(40).fill(0x80)), ['wbmp-sides-over-limit']],
  ['pixels that are cut off', wbmpOf(9, 3).subarray(0, -1), ['wbmp-truncated']],
  ['a height that is cut off', joined([0, 0, 9, 0x81]), ['wbmp-truncated']],
  ['one octet', joined([0]), ['wbmp-truncated']],
  ['1,025 octets behind the pixels', joined(wbmpOf(9, 3), zeros(1025)), ['wbmp-trailing-data']],
];

describe('the detector of wireless bitmaps', () => {
  it.each(FOUND)('finds %s', (_, bytes, expected) => {
    expect(codesOf(wbmpDetector, bytes, CLAIMED)).toEqual(expected);
  });

  it.each<[string, Uint8Array, PartChanges]>([
    ['an ordinary one', wbmpOf(96, 64), CLAIMED],
    ['one by its other name', wbmpOf(96, 64), { declaredType: 'image/wbmp' }],
    ['the largest', wbmpOf(WBMP_SIDE_MAX, WBMP_SIDE_MAX), { family: 'wbmp' }],
    ['1,024 octets behind the pixels', joined(wbmpOf(9, 3), zeros(1024)), CLAIMED],
    ['a claim of what is something else', joined('GIF89a'), { ...CLAIMED, family: 'gif' }],
    ['what does not claim it', joined([1, 0]), {}],
  ])('finds nothing in %s', (_, bytes, changes) => {
    expect(codesOf(wbmpDetector, bytes, changes)).toEqual([]);
  });

  it('looks at what is one, whatever it claims', () => {
    expect(codesOf(wbmpDetector, wbmpOf(9, 3).subarray(0, -1), { family: 'wbmp' })).toEqual([
      'wbmp-truncated',
    ]);
  });

  it('has a sample for every code', () => {
    const found = new Set(FOUND.flatMap(([, , expected]) => expected));
    expect([...found].toSorted()).toEqual(Object.keys(WBMP_FINDINGS).toSorted());
  });

  it('says where and what', () => {
    expect(detectionsOf(wbmpDetector, joined(wbmpOf(9, 3), zeros(1025)), CLAIMED)).toEqual([
      { code: 'wbmp-trailing-data', offset: 10, evidence: { length: 1025 } },
    ]);
  });

  it('never throws', () => {
    detectTruncated(wbmpDetector, wbmpOf(300, 20), CLAIMED);
    detectMutated(wbmpDetector, [wbmpOf(300, 20), wbmpOf(9, 3)], CLAIMED);
  });
});
