import { describe, expect, it } from 'vitest';
import { readBoundedFile } from '../../src/app/bounded-file.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';

describe('reading a file of limited size', () => {
  it.each([0, 1, 100])('gives all of %d bytes at the limit', async (size) => {
    const content = Buffer.alloc(size, 'a');
    const reading = await readBoundedFile(scratchFile('a', content), size);
    expect(reading).toEqual({ ok: true, bytes: content });
  });

  it('refuses one byte past the limit', async () => {
    const reading = await readBoundedFile(scratchFile('a', Buffer.alloc(101)), 100);
    expect(reading).toEqual({ ok: false, message: 'is larger than 100 bytes' });
  });

  it('does not read an endless file to its end', async () => {
    expect(await readBoundedFile('/dev/zero', 1000)).toMatchObject({ ok: false });
  });

  it('says of a missing file that it is missing', async () => {
    const reading = await readBoundedFile(`${scratchFolder()}/none`, 100);
    expect(reading).toEqual({ ok: false, message: 'there is no such file' });
  });

  it('says of a folder that it is one', async () => {
    expect(await readBoundedFile(scratchFolder(), 100)).toEqual({
      ok: false,
      message: 'is a folder, not a file',
    });
  });

  it('takes a path that no file can have as a value', async () => {
    expect(await readBoundedFile('a\0b', 100)).toEqual({
      ok: false,
      message: 'cannot be read (ERR_INVALID_ARG_VALUE)',
    });
  });
});
