import { describe, expect, it } from 'vitest';
import { amrDetector, type AMR_FINDINGS } from '../../src/inspection/amr-detector.ts';
import { amrOf } from '../support/amr-sample.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { joined } from '../support/sample-octets.ts';

type Code = keyof typeof AMR_FINDINGS;
const AMR = { family: 'amr' };
const codes = (bytes: Uint8Array): readonly Code[] => codesOf(amrDetector, bytes, AMR);
const NARROW = '#!AMR\n';
const WIDE = '#!AMR-WB\n';

describe('an AMR file', () => {
  it.each([
    [NARROW, [0, 1, 2, 3, 4, 5, 6, 7, 8, 15]],
    [WIDE, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15]],
  ] as const)('%j has frames of the assigned types, of their lengths', (magic, types) => {
    expect(codes(amrOf(magic, ...types))).toEqual([]);
    for (const type of types) expect(codes(amrOf(magic, type, 15, type))).toEqual([]);
  });

  it.each([
    [NARROW, [9, 10, 11, 12, 13, 14]],
    [WIDE, [10, 11, 12, 13]],
  ] as const)('%j has no frames of other types', (magic, types) => {
    for (const type of types) {
      expect(detectionsOf(amrDetector, amrOf(magic, 15, type, 0), AMR)).toEqual([
        { code: 'amr-frame-reserved', offset: magic.length + 1, evidence: { type } },
      ]);
    }
  });

  it.each<[string, readonly Code[], Uint8Array]>([
    ['no frames', ['amr-empty'], amrOf(NARROW)],
    ['several channels', ['amr-channels'], joined('#!AMR_MC1.0\n', [0, 0, 0, 2])],
    ['a last frame that is cut off', ['amr-truncated'], amrOf(WIDE, 2).subarray(0, -1)],
    ['bits that are never set', ['amr-padding-set'], joined(NARROW, [0xfc, 0x7d, 0x7c])],
    [
      'something else behind its frames',
      ['amr-padding-set', 'amr-frame-reserved'],
      joined(amrOf(NARROW, 0), 'junk'),
    ],
    ['silence', [], joined(NARROW, new Uint8Array(1000).fill(0x7c))],
  ])('with %s is reported as %j', (_, found, bytes) => {
    expect(codes(bytes)).toEqual(found);
    expect(codesOf(amrDetector, bytes, { family: 'mp3' })).toEqual([]);
  });

  it('never makes the detector throw', () => {
    detectTruncated(amrDetector, amrOf(NARROW, 0, 7, 8), AMR);
    detectMutated(amrDetector, [amrOf(NARROW, 0, 7, 8), amrOf(WIDE, 0, 8, 9)], AMR);
  });
});
