import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { judgeTrailing, TRAILING_OCTETS_MAX } from '../../src/inspection/trailing-data.ts';
import { be32, joined, le32, zeros, type Piece } from '../support/sample-octets.ts';

const PICTURE = 'picture';
const judge = (...tail: readonly Piece[]) =>
  judgeTrailing(new Octets(joined(PICTURE, ...tail)), PICTURE.length);
const filler = (length: number): Uint8Array => new Uint8Array(length).fill(0x41);
const box = (type: string, length: number, size = length): Uint8Array =>
  joined(be32(size), type, filler(length - 8));
const samsung = (listLength: number): Uint8Array => joined('SEFH', zeros(8), le32(listLength), 'SEFT');

describe('judgeTrailing', () => {
  it.each<[string, readonly Piece[], string]>([
    ['nothing', [], 'none'],
    ['as much as is allowed', [filler(TRAILING_OCTETS_MAX)], 'none'],
    ['one octet more', [filler(TRAILING_OCTETS_MAX + 1)], 'unknown'],
    ['many zeros', [zeros(5000)], 'none'],
    ['many zeros and something', [zeros(5000), [1]], 'unknown'],
    ['a JPEG', ['\xff\xd8\xff\xe0', filler(2000), '\xff\xd9'], 'media'],
    ['a JPEG with something behind', ['\xff\xd8\xff\xe0', filler(2000), '\xff\xd9PK'], 'unknown'],
    ['a film', [box('ftyp', 24), box('moov', 600), box('mdat', 600)], 'media'],
    ['a film that is cut off', [box('ftyp', 24), box('mdat', 1200, 1201)], 'unknown'],
    ['a film with something behind', [box('ftyp', 24), box('mdat', 1200), 'PK'], 'unknown'],
    ['a film whose second box has no size', [box('ftyp', 24), box('mdat', 1200, 7)], 'unknown'],
    ['more boxes than a film has', [box('ftyp', 24), ...Array<Piece>(200).fill(box('free', 8))], 'unknown'],
    ['blocks of Samsung', [filler(2000), samsung(12)], 'media'],
    ['blocks of Samsung whose list is elsewhere', [filler(2000), samsung(13)], 'unknown'],
    ['a list of Samsung that begins in the picture', [filler(2000), samsung(2020)], 'unknown'],
  ])('%s', (_, tail, expected) => {
    expect(judge(...tail)).toBe(expected);
  });

  it('says nothing of an end that lies outside', () => {
    expect(judgeTrailing(new Octets(zeros(10)), 5000)).toBe('none');
  });
});
