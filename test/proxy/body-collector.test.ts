import { describe, expect, it } from 'vitest';
import { BodyCollector, HEAD_BYTES } from '../../src/proxy/body-collector.ts';
import { ByteBudget } from '../../src/proxy/byte-budget.ts';

const collector = (bytesMax: number, { budget = 1_000_000, freeBytes = 0 } = {}) =>
  new BodyCollector({ bytesMax, hold: new ByteBudget(budget).open(), freeBytes });

describe('BodyCollector', () => {
  it('gives a body of one chunk without copying it', () => {
    const chunk = Buffer.from('abc');
    const body = collector(10);
    body.add(chunk);
    expect(body.bytes()).toBe(chunk);
  });

  it.each([0, 1, 2, 1023, 1024, 1025, 5000])('gives the octets of %i chunks in order', (count) => {
    const chunks = Array.from({ length: count }, (_, index) => Buffer.from(`${index},`));
    const body = collector(1_000_000);
    for (const chunk of chunks) expect(body.add(chunk)).toBeUndefined();
    expect(body.bytes().equals(Buffer.concat(chunks))).toBe(true);
  });

  it('takes a body of the limit, and gives up one octet past it', () => {
    const body = collector(5000);
    expect([body.add(Buffer.alloc(5000)), body.add(Buffer.alloc(1))]).toEqual([undefined, 'too-large']);
    expect([body.overflow, body.length]).toEqual(['too-large', 5001]);
  });

  it('takes what the budget has, and gives up one octet past it', () => {
    const body = collector(10_000, { budget: 5000 });
    expect([body.add(Buffer.alloc(5000)), body.add(Buffer.alloc(1))]).toEqual([undefined, 'overloaded']);
  });

  it('takes the free bytes from no budget, across chunks', () => {
    const body = collector(10_000, { budget: 10, freeBytes: 100 });
    expect([60, 40, 10, 1].map((size) => body.add(Buffer.alloc(size)))).toEqual([
      ...[undefined, undefined, undefined, 'overloaded'],
    ]);
  });

  it('takes the free part of a chunk from no budget', () => {
    const body = collector(10_000, { budget: 10, freeBytes: 100 });
    expect(body.add(Buffer.alloc(110))).toBeUndefined();
  });

  it('keeps the first reason, whatever comes after it', () => {
    const body = collector(20, { budget: 10 });
    expect([body.add(Buffer.alloc(11)), body.add(Buffer.alloc(100))]).toEqual(['overloaded', 'overloaded']);
  });

  it('keeps the head of a body that it gave up before the head was whole', () => {
    const body = collector(10);
    const sent = Buffer.concat(Array.from({ length: 3000 }, (_, index) => Buffer.from(`${index};`)));
    for (let at = 0; at < sent.length; at += 7) body.add(sent.subarray(at, at + 7));
    expect(body.head().equals(sent.subarray(0, HEAD_BYTES))).toBe(true);
  });

  it('gives the whole of a short body as its head', () => {
    const body = collector(10);
    body.add(Buffer.from('abc'));
    expect(body.head().toString()).toBe('abc');
  });

  it('holds no more of a body that it gave up than its head', () => {
    const body = collector(10);
    for (let count = 0; count < 100; count += 1) body.add(Buffer.alloc(HEAD_BYTES));
    expect(body.bytes().length).toBe(HEAD_BYTES);
  });
});
