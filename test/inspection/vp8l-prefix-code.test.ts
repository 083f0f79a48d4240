import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { Vp8lBits } from '../../src/inspection/vp8l-bits.ts';
import {
  CodeLengths,
  faultOf,
  PrefixCode,
  readCodeLengths,
  tableEntriesOf,
} from '../../src/inspection/vp8l-prefix-code.ts';
import { BitWriter, lengthsOf } from '../support/webp-sample.ts';

function codeLengths(lengths: readonly number[]): CodeLengths {
  const set = new CodeLengths(lengths.length);
  set.reset(lengths.length);
  for (const [symbol, length] of lengths.entries()) set.set(symbol, length);
  return set;
}

const bitsOf = (out: BitWriter) => {
  const bytes = out.bytes();
  return new Vp8lBits(new Octets(bytes), 0, bytes.length);
};

/** Reads a description; gives the fault, or the lengths that are not 0. */
function read(out: BitWriter, alphabetSize: number): unknown {
  const lengths = new CodeLengths(alphabetSize);
  const fault = readCodeLengths(bitsOf(out), alphabetSize, lengths);
  if (fault !== undefined) return fault;
  const used = Array.from({ length: alphabetSize }, (_, symbol) => [symbol, lengths.of(symbol)]);
  return used.filter(([, length]) => length !== 0);
}

/** The lengths of a complete code, made by cutting leaves in two. */
const completeLengths = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map((cuts) => {
  const lengths = [1, 1];
  for (const cut of cuts) {
    const leaf = cut % lengths.length;
    const length = lengths[leaf]!;
    if (length < 15) lengths.splice(leaf, 1, length + 1, length + 1);
  }
  return lengths;
});

describe('faultOf', () => {
  it.each([
    ['one symbol of one bit', [0, 1, 0], undefined],
    ['one symbol of any length', [0, 7], undefined],
    ['two halves', [1, 1], undefined],
    ['a half and two quarters', [2, 0, 1, 2], undefined],
    ['no symbol', [0, 0], 'incomplete'],
    ['a half and a quarter', [1, 2], 'incomplete'],
    [
      'a code that lacks its last leaf',
      [...Array.from({ length: 15 }, (_, index) => index + 1)],
      'incomplete',
    ],
    ['three halves', [1, 1, 1], 'over-subscribed'],
    ['two halves and a last leaf', [1, 1, 15], 'over-subscribed'],
    ['as many as an alphabet has', Array.from({ length: 2328 }, () => 1), 'over-subscribed'],
  ] as const)('%s', (_, lengths, expected) => {
    expect(faultOf(codeLengths(lengths))).toBe(expected);
  });

  it('finds nothing wrong with a complete code, and something with every change of one length', () => {
    fc.assert(
      fc.property(completeLengths, fc.nat(), fc.integer({ min: 0, max: 15 }), (lengths, at, other) => {
        expect(faultOf(codeLengths(lengths))).toBeUndefined();
        const index = at % lengths.length;
        const isSingle = lengths.length === 2 && other === 0;
        fc.pre(lengths[index] !== other && !isSingle);
        expect(faultOf(codeLengths(lengths.with(index, other)))).toBeDefined();
      }),
    );
  });
});

describe('tableEntriesOf', () => {
  it.each([
    ['a code without long words', 4, [0, 1, 1, 2], 256],
    ['one second table of two entries', 257, [0, 0, 0, 0, 0, 0, 0, 0, 255, 2], 258],
    ['the most for 40 symbols', 40, [0, 0, 3, 1, 1, 0, 0, 1, 0, 27, 1, 1, 1, 1, 1, 2], 410],
    ['the most for 256 symbols', 256, [0, 1, 0, 0, 0, 0, 1, 0, 0, 247, 1, 1, 1, 1, 1, 2], 630],
    ['the most for 280 symbols', 280, [0, 0, 2, 0, 0, 0, 0, 0, 0, 239, 33, 1, 1, 1, 1, 2], 654],
    ['more for 40 symbols that are no code', 40, [0, 0, 0, 0, 0, 0, 0, 0, 0, 31, 1, 1, 1, 1, 1, 4], 542],
    ['no more than was written before there were too many words', 300, [0, 0, 0, 0, 0, 0, 0, 0, 255, 3], 256],
  ])('%s', (_, size, counts, expected) => {
    expect(tableEntriesOf(codeLengths(lengthsOf(size, counts)))).toBe(expected);
  });

  it('stays within the room of libwebp for every complete code', () => {
    fc.assert(
      fc.property(completeLengths, (lengths) => {
        expect(tableEntriesOf(codeLengths(lengths))).toBeLessThanOrEqual(lengths.length <= 40 ? 410 : 630);
      }),
    );
  });
});

describe('PrefixCode', () => {
  it('takes words of the canonical code', () => {
    const code = new PrefixCode(codeLengths([2, 0, 1, 3, 3]));
    const bits = bitsOf(
      new BitWriter().codeword(0b0, 1).codeword(0b10, 2).codeword(0b110, 3).codeword(0b111, 3),
    );
    expect([code.read(bits), code.read(bits), code.read(bits), code.read(bits)]).toEqual([2, 0, 3, 4]);
    expect(bits.taken).toBe(9);
  });

  it('takes no bits for an only symbol', () => {
    const bits = bitsOf(new BitWriter().bits(1, 8));
    expect([new PrefixCode(codeLengths([0, 0, 1])).read(bits), bits.taken]).toEqual([2, 0]);
  });

  it('keeps its words when the lengths change', () => {
    const lengths = codeLengths([1, 1]);
    const code = new PrefixCode(lengths);
    lengths.reset(2);
    expect(code.read(bitsOf(new BitWriter().bits(1, 1)))).toBe(1);
  });
});

/** The words for lengths have one bit each, or none where there is only one. */
const described = (words: readonly number[]): BitWriter => new BitWriter().wordsForLengths(words, 1);

/** All lengths of the alphabet follow. */
const whole = (...words: readonly number[]): BitWriter => described(words).bits(0, 1);

/** So many words follow, 2 to 65. */
const announced = (count: number, ...words: readonly number[]): BitWriter =>
  described(words)
    .bits(1, 1)
    .bits(2, 3)
    .bits(count - 2, 6);

function repeated(out: BitWriter, bits: number, values: readonly number[]): BitWriter {
  for (const value of values) out.bits(value, bits);
  return out;
}

const EIGHTS = [...Array<number>(42).fill(3), 1];
const BOTH = [
  [0, 1],
  [1, 1],
];

describe('readCodeLengths', () => {
  it.each<[string, BitWriter, number, unknown]>([
    ['one symbol of one bit', new BitWriter().bits(0b0001, 3).bits(1, 1), 40, [[1, 1]]],
    ['one symbol', new BitWriter().simpleCode(200), 256, [[200, 1]]],
    ['two symbols', new BitWriter().simpleCode(0, 1), 256, BOTH],
    ['the same symbol twice', new BitWriter().simpleCode(3, 3), 256, [[3, 1]]],
    ['a symbol outside the alphabet and one inside', new BitWriter().simpleCode(40, 39), 40, [[39, 1]]],
    ['only symbols outside the alphabet', new BitWriter().simpleCode(40, 41), 40, 'incomplete'],
    ['a length for each', new BitWriter().code(lengthsOf(40, [0, 2])), 40, BOTH],
    ['lengths that leave something open', new BitWriter().code(lengthsOf(40, [0, 1, 1])), 40, 'incomplete'],
    ['lengths that are too many', new BitWriter().code(lengthsOf(40, [0, 3])), 40, 'over-subscribed'],
    ['no word for a length', whole().bits(0, 90), 40, 'incomplete'],
    ['too many words for lengths', whole(0, 1, 2).bits(0, 90), 40, 'over-subscribed'],
    ['as many words as are announced', announced(2, 1, 2).bits(0, 90), 40, BOTH],
    ['as many announced as the alphabet has', repeated(announced(40, 0, 1), 1, [1, 1]).bits(0, 90), 40, BOTH],
    ['more announced than the alphabet has', announced(41, 1, 2).bits(0, 90), 40, 'overrun'],
    [
      '8 repeated where nothing was before',
      repeated(whole(16), 2, EIGHTS),
      256,
      Array.from({ length: 256 }, (_, symbol) => [symbol, 8]),
    ],
    ['the length before repeated', whole(1, 16).bits(0b001, 3).bits(0, 90), 2, 'overrun'],
    ['a short run of zeros to the end', whole(1, 17).bits(0b00, 2).bits(0b1111, 4), 12, BOTH],
    ['a short run of zeros past the end', whole(1, 17).bits(0b00, 2).bits(0b1111, 4), 11, 'overrun'],
    ['a long run of zeros to the end', whole(1, 18).bits(0b00, 2).bits(0b1, 1).bits(27, 7), 40, BOTH],
    ['a long run of zeros past the end', whole(1, 18).bits(0b00, 2).bits(0b1, 1).bits(28, 7), 40, 'overrun'],
    ['a description that is cut off', new BitWriter().bits(0, 8), 40, 'cut'],
  ])('%s', (_, out, alphabetSize, expected) => {
    expect(read(out, alphabetSize)).toEqual(expected);
  });
});
