import { crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/inspection/crc32.ts';

describe('crc32', () => {
  it('is 0 of nothing, and the check value of its definition', () => {
    expect([crc32(new Uint8Array()), crc32(Buffer.from('123456789'))]).toEqual([0, 0xcbf43926]);
  });

  it('is what zlib computes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(crc32(bytes)).toBe(nodeCrc32(bytes));
      }),
    );
  });
});
