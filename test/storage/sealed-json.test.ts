import { describe, expect, it } from 'vitest';
import { parseSealedJson, sealedJson } from '../../src/storage/sealed-json.ts';

describe('the JSON of what is sealed', () => {
  it.each([
    [null],
    ['text \0 \ud800 " \\u0000'],
    [{ a: [1, 'b', { c: true }], d: null }],
    [{ raw: Uint8Array.of(0, 255), deep: [{ raw: new Uint8Array(0) }] }],
    [Uint8Array.of(1)],
    [{ $octets: 7 }],
  ])('gives back %j', (value) => {
    expect(parseSealedJson(sealedJson(value))).toEqual(value);
  });

  it('takes a Buffer for octets', () => {
    expect(parseSealedJson(sealedJson({ raw: Buffer.of(1, 2) }))).toEqual({ raw: Uint8Array.of(1, 2) });
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(parseSealedJson(sealedJson({ a: undefined, b: 1 }))).toStrictEqual({ b: 1 });
  });
});
