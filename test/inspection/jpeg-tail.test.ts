import { describe, expect, it } from 'vitest';
import { jpegTail } from '../../src/inspection/jpeg-tail.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { ordinaryJpeg } from '../support/jpeg-sample.ts';
import { be32, joined, zeros, type Piece } from '../support/sample-octets.ts';

const tailOf = (...pieces: readonly Piece[]): ReturnType<typeof jpegTail> =>
  jpegTail(new Octets(joined('12', ...pieces)), 2);
const film = (length: number): Uint8Array => joined(be32(length), 'ftypmp42');

describe('jpegTail', () => {
  it('gives nothing where nothing stands', () => {
    expect(tailOf()).toBeUndefined();
  });

  it.each([
    ['padding', zeros(9)],
    ['jpeg', ordinaryJpeg()],
    ['jpeg', joined(zeros(5), ordinaryJpeg())],
    ['zip', 'PK\x03\x04...'],
    ['isobmff', film(0)],
    ['isobmff', film(24)],
    ['isobmff', film(0x1018)],
    ['samsung-sef', 'anything SEFH....SEFT'],
    ['other', 'anything'],
    ['other', 'SEFT anything'],
  ])('tells %s: %j', (kind, piece) => {
    expect(tailOf(piece)?.kind).toBe(kind);
  });

  it('leaves zero octets before it out', () => {
    expect(tailOf(zeros(3), 'abc')).toEqual({ kind: 'other', offset: 5, length: 3 });
  });
});
