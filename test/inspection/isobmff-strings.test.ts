import { describe, expect, it } from 'vitest';
import { walkBoxes } from '../../src/inspection/isobmff-boxes.ts';
import { isStringBox, isUnterminated, lacksStringFields } from '../../src/inspection/isobmff-strings.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { fullBoxOf } from '../support/isobmff-sample.ts';
import { boxOf } from '../support/media-samples.ts';
import { be16, joined, zeros, type Piece } from '../support/sample-octets.ts';

function judged(bytes: Uint8Array): { isString: boolean; isShort: boolean; isOpen: boolean } {
  const octets = new Octets(bytes);
  const steps = [...walkBoxes(octets)];
  const box = steps.flatMap((step) => (step.kind === 'box' ? [step.box] : [])).at(-1)!;
  return { isString: isStringBox(box), isShort: lacksStringFields(box), isOpen: isUnterminated(octets, box) };
}
const titled = (type: string, text: Piece): Uint8Array =>
  boxOf('udta', fullBoxOf(type, 0, be16(0x15c7), text));

describe('a title or name', () => {
  it.each(['titl', 'dscp', 'cprt', 'perf', 'auth', 'gnre', 'albm'])('is %s in the user data', (type) => {
    expect(judged(titled(type, 'x\0')).isString).toBe(true);
    expect(judged(boxOf('moov', fullBoxOf(type, 0))).isString).toBe(false);
  });

  it('is no other box', () => {
    expect(judged(titled('yrrc', 'x\0')).isString).toBe(false);
  });

  it.each<[number, boolean]>([
    [0, true],
    [5, true],
    [6, false],
  ])('with %i octets is too short for its own fields: %s', (length, isShort) => {
    expect(judged(boxOf('udta', boxOf('titl', zeros(length)))).isShort).toBe(isShort);
  });

  it.each<[string, Piece, boolean]>([
    ['a NUL at the end', 'Film\0', false],
    ['a NUL before the number of the album track', 'Film\0\x07', false],
    ['only a NUL', '\0', false],
    ['no NUL', 'Film', true],
    ['nothing', '', true],
    ['two NULs after UTF-16', '\xfe\xff\0F\0\0', false],
    ['two NULs after UTF-16 of the other order', '\xff\xfeF\0\0\0', false],
    ['two NULs that belong to two characters', '\xfe\xff\x01\0\0F', true],
    ['one NUL after UTF-16', '\xfe\xff\0F\0', true],
  ])('with %s is open: %s', (_, text, isOpen) => {
    expect(judged(titled('titl', text)).isOpen).toBe(isOpen);
    expect(judged(joined(titled('titl', text), zeros(4))).isOpen).toBe(isOpen);
  });

  it('is not judged by what a cut took away', () => {
    const whole = titled('titl', 'Film\0');
    expect(judged(whole.subarray(0, -1)).isOpen).toBe(false);
  });
});
