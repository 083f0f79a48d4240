import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readBoundedStream } from '../../src/app/bounded-stream.ts';

describe('reading a stream', () => {
  it.each([
    [3, true],
    [2, false],
  ])('of three bytes under a limit of %i is ok: %s', async (limit, ok) => {
    const stream = Readable.from([Buffer.from('ab'), Buffer.from('c')]);
    const reading = await readBoundedStream(stream, limit);
    expect(reading.ok ? reading.bytes.toString() : reading.message).toBe(
      ok ? 'abc' : 'is larger than 2 bytes',
    );
  });

  it('ends at the limit of an endless one', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1000);
      })(),
    );
    expect((await readBoundedStream(endless, 5000)).ok).toBe(false);
  });

  it('says why it broke off', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    expect(await readBoundedStream(broken, 10)).toEqual({ ok: false, message: 'cannot be read (gone)' });
  });
});
