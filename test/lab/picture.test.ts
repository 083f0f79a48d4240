import { inflateSync, crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { gradientPng } from '../../src/lab/picture.ts';

/** The chunks of a PNG, after checking every checksum (ISO 15948, 5.3). */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let start = 8; start < png.length;) {
    const length = png.readUInt32BE(start);
    const typed = png.subarray(start + 4, start + 8 + length);
    expect(png.readUInt32BE(start + 8 + length)).toBe(crc32(typed));
    chunks.set(typed.toString('latin1', 0, 4), typed.subarray(4));
    start += 12 + length;
  }
  return chunks;
}

it.each([1, 96])('makes a sound PNG of %i pixels a side', (side) => {
  const png = Buffer.from(gradientPng(side));
  expect(png.toString('latin1', 0, 8)).toBe('\x89PNG\r\n\x1a\n');
  const chunks = chunksOf(png);
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  expect([chunks.get('IHDR')!.readUInt32BE(0), chunks.get('IHDR')!.readUInt32BE(4)]).toEqual([side, side]);
  expect(inflateSync(chunks.get('IDAT')!)).toHaveLength(side * (1 + side * 3));
});
