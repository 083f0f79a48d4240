import { describe, expect, it } from 'vitest';
import { Writer } from '../../src/codec/writer.ts';
import { hex } from '../support/octets.ts';

describe('a Writer', () => {
  it('grows with what is written, octet by octet', () => {
    const out = new Writer(1);
    for (let octet = 0; octet < 300; octet += 1) out.octet(octet);
    expect(out.length).toBe(300);
    expect(out.finish()).toEqual(Uint8Array.from({ length: 300 }, (_, octet) => octet));
  });

  it('grows for octets that are more than double what it has', () => {
    const out = new Writer(1);
    out.octet(1);
    out.bytes(new Uint8Array(1000).fill(7));
    out.bytes(new Uint8Array());
    expect(out.finish()).toHaveLength(1001);
    expect(out.finish().at(-1)).toBe(7);
  });

  it('starts with no capacity at all', () => {
    const out = new Writer(0);
    out.octet(9);
    expect(hex(out.finish())).toBe('09');
  });

  it('gives what was written, and not its spare room', () => {
    expect(new Writer(64).finish()).toHaveLength(0);
  });

  it('collects inner content apart', () => {
    const collected = Writer.collect((inner) => {
      inner.bytes(Uint8Array.of(1, 2));
    });
    expect(hex(collected)).toBe('0102');
  });
});
