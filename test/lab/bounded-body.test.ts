import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/lab/bounded-body.ts';

const chunks = (...sizes: number[]): Readable => Readable.from(sizes.map((size) => Buffer.alloc(size, 'x')));

describe('readBody', () => {
  it('joins the chunks up to the limit', async () => {
    expect(await readBody(chunks(3, 2), 5)).toEqual({ ok: true, bytes: Buffer.from('xxxxx') });
  });

  it('gives up one byte past the limit, and leaves the stream open', async () => {
    const stream = chunks(3, 3);
    expect(await readBody(stream, 5)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(stream.destroyed).toBe(false);
  });

  it('reads nothing', async () => {
    expect(await readBody(chunks(), 0)).toEqual({ ok: true, bytes: Buffer.alloc(0) });
  });

  it('tells of a stream that breaks off', async () => {
    const stream = new Readable({ read: () => stream.destroy(new Error('gone')) });
    expect(await readBody(stream, 5)).toEqual({ ok: false, reason: 'broken-off', detail: 'gone' });
  });
});
