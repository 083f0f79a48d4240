import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SECOND_SNIFF_OCTETS_MAX, secondSniff } from '../../src/scanning/second-sniff.ts';
import { MEDIA_SAMPLES } from '../support/media-samples.ts';
import { joined, zeros } from '../support/sample-octets.ts';

describe('secondSniff', () => {
  it.each([
    ['a picture that our table leaves out', joined('BPG', [0xfb], zeros(16)), 'image/bpg'],
    ['a database', joined('SQLite format 3\0', zeros(16)), 'application/x-sqlite3'],
    ['a sound with parameters in its name', joined('OggS', zeros(24), 'OpusHead', zeros(8)), 'audio/ogg'],
  ])('names %s', async (_, bytes, mediaType) => {
    expect(await secondSniff(bytes)).toBe(mediaType);
  });

  it.each([
    ['nothing', zeros(0)],
    ['one octet', zeros(1)],
    ['octets without a sense', joined([0xff, 0, 0, 1, 0xdd], zeros(64))],
    ['text', joined('Hello')],
  ])('makes nothing of %s', async (_, bytes) => {
    expect(await secondSniff(bytes)).toBeUndefined();
  });

  it('makes nothing of anything once it is called off', async () => {
    const bytes = joined('BPG', [0xfb], zeros(16));
    expect(await secondSniff(bytes, AbortSignal.abort())).toBeUndefined();
    expect(await secondSniff(bytes, new AbortController().signal)).toBe('image/bpg');
  });

  it('looks at the start alone', async () => {
    const directory = (offset: number): Uint8Array => joined(zeros(offset), 'DICM', zeros(8));
    expect(await secondSniff(directory(128))).toBe('application/dicom');
    const isoImage = joined(zeros(32_769), 'CD001', zeros(2048));
    expect(isoImage.length).toBeGreaterThan(SECOND_SNIFF_OCTETS_MAX);
    expect(await secondSniff(isoImage)).toBeUndefined();
  });

  it('comes to an end on octets that make the library inflate, skip or call itself', async () => {
    const bomb = gzipSync(zeros(50_000_000));
    for (const bytes of [
      joined([0xef, 0xbb, 0xbf], bomb),
      joined(...Array<Uint8Array>(1000).fill(joined([0xef, 0xbb, 0xbf]))),
      joined(...Array<string>(400).fill('ID3\x04\0\0\0\0\0\0')),
      joined([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9], zeros(4000)),
    ]) {
      await secondSniff(bytes);
    }
  });

  it('rejects on no beginning of a sample', async () => {
    for (const bytes of Object.values(MEDIA_SAMPLES)) {
      for (let length = 0; length < Math.min(bytes.length, 64); length += 1) {
        await secondSniff(bytes.subarray(0, length));
      }
    }
  });
});
