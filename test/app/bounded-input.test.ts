import { describe, expect, it } from 'vitest';
import { readBoundedInput } from '../../src/app/bounded-input.ts';
import { TestIo } from '../support/command-run.ts';
import { scratchFile } from '../support/scratch-folder.ts';

const io = (): TestIo => new TestIo({}, [Buffer.from('from '), Buffer.from('outside')]);

describe('readBoundedInput', () => {
  it.each([
    ['standard input', () => '-', 'from outside'],
    ['a file', () => scratchFile('a', 'from a file!'), 'from a file!'],
  ])('reads %s up to the limit, and no more', async (_, name, content) => {
    const file = name();
    expect(await readBoundedInput(file, 12, io())).toEqual({ ok: true, bytes: Buffer.from(content) });
    expect(await readBoundedInput(file, 11, io())).toMatchObject({ ok: false });
  });
});
