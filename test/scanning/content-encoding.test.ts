import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeContent } from '../../src/scanning/content-encoding.ts';

const PLAIN = Buffer.alloc(1000, 'abc');

describe('decodeContent', () => {
  it.each([
    ['gzip', gzipSync(PLAIN), ['gzip']],
    ['gzip under its old name and in capitals', gzipSync(PLAIN), ['X-GZIP']],
    ['deflate', deflateSync(PLAIN), ['deflate']],
    ['deflate without the zlib header', deflateRawSync(PLAIN), ['deflate']],
    ['identity', PLAIN, ['identity']],
    ['identity beside another', gzipSync(PLAIN), ['identity, gzip']],
    ['no coding', PLAIN, []],
    ['an empty header', PLAIN, ['']],
  ])('undoes %s', (_, bytes, values) => {
    const content = decodeContent(bytes, values, 1000);
    expect(content.kind === 'decoded' && Buffer.from(content.bytes).equals(PLAIN)).toBe(true);
  });

  it.each([
    ['gzip', gzipSync(PLAIN)],
    ['deflate', deflateSync(PLAIN)],
    ['deflate', deflateRawSync(PLAIN)],
  ])('stops %s one octet past the limit', (coding, bytes) => {
    expect(decodeContent(bytes, [coding], 999)).toEqual({ kind: 'failed', reason: 'over-limit' });
  });

  it('does not inflate a bomb', () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(decodeContent(bomb, ['gzip'], 100_000)).toEqual({ kind: 'failed', reason: 'over-limit' });
  });

  it.each([
    ['a coding that is not known', brotliCompressSync(PLAIN), ['br']],
    ['two codings', gzipSync(gzipSync(PLAIN)), ['gzip, gzip']],
    ['two codings in two headers', gzipSync(gzipSync(PLAIN)), ['gzip', 'gzip']],
    ['octets that are not in the coding', PLAIN, ['gzip']],
    ['octets that are not in either form of deflate', Buffer.from([0xff, 0xff]), ['deflate']],
    ['content that is cut', gzipSync(PLAIN).subarray(0, 20), ['gzip']],
  ])('gives up %s', (_, bytes, values) => {
    expect(decodeContent(bytes, values, 10_000)).toEqual({ kind: 'failed', reason: 'undecodable' });
  });

  it('takes an empty body for an empty body, whatever its label', () => {
    expect(decodeContent(new Uint8Array(), ['gzip'], 10)).toMatchObject({ kind: 'decoded' });
  });
});
