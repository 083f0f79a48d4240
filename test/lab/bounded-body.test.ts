import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/lab/bounded-body.ts';

const stream = (...chunks: string[]): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

describe('reading a body', () => {
  it('gives all chunks as one', async () => {
    expect(await readBody(stream('ab', 'c'), 10)).toEqual({ ok: true, bytes: Buffer.from('abc') });
  });

  it.each([
    [3, true],
    [2, false],
  ])('of three bytes under a limit of %i is ok: %s', async (limit, ok) => {
    expect((await readBody(stream('ab', 'c'), limit)).ok).toBe(ok);
  });

  it('leaves a stream that is too large open, so that its sender can be answered', async () => {
    const source = stream('abc', 'def');
    expect(await readBody(source, 2)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(source.destroyed).toBe(false);
  });

  it('says when the stream broke off', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    expect(await readBody(broken, 10)).toEqual({ ok: false, reason: 'broken-off', detail: 'gone' });
  });
});
