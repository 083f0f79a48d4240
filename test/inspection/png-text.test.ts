import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import type { InflateRaw } from '../../src/inspection/part-view.ts';
import { readPngChunk } from '../../src/inspection/png-chunk.ts';
import {
  PNG_TEXT_BYTES_MAX,
  PNG_TEXTS_BROKEN_MAX,
  PNG_TEXTS_MAX,
  PngTexts,
} from '../../src/inspection/png-text.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';
import { pngChunk, pngText } from '../support/png-sample.ts';
import { joined, patched, zeros } from '../support/sample-octets.ts';

/** What is wrong with each of the chunks, which are of one picture. */
function faultsOf(chunks: readonly Uint8Array[], inflate: InflateRaw = inflateRaw): readonly unknown[] {
  const octets = new Octets(joined(...chunks));
  const texts = new PngTexts(octets, inflate);
  let offset = 0;
  return chunks.map((bytes) => {
    const chunk = readPngChunk(octets, offset)!;
    offset += bytes.length;
    return texts.unfold(chunk);
  });
}

const folded = (length: number): Uint8Array => deflateSync(zeros(length));
const international = (before: string, length: number): Uint8Array =>
  pngChunk('iTXt', joined(before, folded(length)));

describe('PngTexts', () => {
  it.each([
    ['a text', (length: number) => pngText(zeros(length))],
    ['a colour profile', (length: number) => pngChunk('iCCP', joined('sRGB\0\0', folded(length)))],
    ['an international text', (length: number) => international('Title\0\x01\0de\0Titel\0', length)],
    ['one without language', (length: number) => international('Title\0\x01\0\0\0', length)],
    ['one with a keyword of 79 octets', (length: number) => pngText(zeros(length), 'k'.repeat(79))],
  ])('lets %s unfold to the limit, and not to more', (_, make) => {
    expect(faultsOf([make(PNG_TEXT_BYTES_MAX)])).toEqual([undefined]);
    expect(faultsOf([make(PNG_TEXT_BYTES_MAX + 1)])).toEqual(['flood']);
  });

  it('counts all of them together, and unfolds no more once it is too much', () => {
    const half = pngText(zeros(PNG_TEXT_BYTES_MAX / 2));
    expect(faultsOf([half, half])).toEqual([undefined, undefined]);
    let calls = 0;
    const counting: InflateRaw = (...input) => {
      calls += 1;
      return inflateRaw(...input);
    };
    expect(faultsOf([half, half, half, half], counting)).toEqual([undefined, undefined, 'flood', 'flood']);
    expect(calls).toBe(2);
  });

  it('unfolds so many, and no more', () => {
    const texts = Array<Uint8Array>(PNG_TEXTS_MAX + 1).fill(pngText('a'));
    expect(faultsOf(texts).filter((fault) => fault !== undefined)).toEqual(['many']);
  });

  it('stops after so many broken ones', () => {
    const broken = Array<Uint8Array>(PNG_TEXTS_BROKEN_MAX).fill(pngChunk('zTXt', 'k\0\0\x78\x9c\xff'));
    const good = pngText('a');
    expect(faultsOf([...broken.slice(1), good]).at(-1)).toBeUndefined();
    expect(faultsOf([...broken, good]).at(-1)).toBe('many');
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['no deflate', patched(folded(9), 0, [0x79])],
    ['a wrong check', patched(folded(9), 1, [0x9d])],
    ['a dictionary', patched(folded(9), 1, [0xbb])],
    ['no stream behind the header', folded(9).subarray(0, 2)],
  ])('takes %s for broken', (_, stream) => {
    expect(faultsOf([pngChunk('zTXt', joined('Comment\0\0', stream))])).toEqual(['broken']);
  });

  it.each<[string, Uint8Array]>([
    ['a text that is not folded', pngChunk('iTXt', 'Title\0\0\0en\0Title\0plain')],
    ['one with a keyword of 80 octets', pngText(zeros(2_000_000), 'k'.repeat(80))],
    ['one without a language', pngChunk('iTXt', 'Title\0\x01\0en')],
    ['one without a keyword in the language', pngChunk('iTXt', 'Title\0\x01\0en\0Title')],
    ['one without an end of its keyword', pngChunk('zTXt', 'Comment')],
    ['one that is cut off', pngText(zeros(2_000_000)).subarray(0, 40)],
  ])('has nothing to unfold in %s', (_, chunk) => {
    expect(faultsOf([chunk])).toEqual([undefined]);
  });
});
