import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/codec/multipart.ts';
import { NAME_LENGTH_MAX, partFiles, writePartFiles } from '../../src/lab/part-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function named(name: string, mediaType = 'image/jpeg'): Part {
  return {
    contentType: { mediaType, parameters: [{ name: 'name', value: name }] },
    headers: { others: [] },
    bytes: Buffer.from(name),
  };
}

const namesOf = (...parts: Part[]): string[] =>
  partFiles({ kind: 'multipart', parts }, undefined).map(({ name }) => name);

describe('the files of a message', () => {
  it.each([
    ['photo.jpg', '1-photo.jpg'],
    ['../../etc/passwd', '1-passwd.jpg'],
    ['/etc/cron.d/x.sh', '1-x.sh'],
    ['C:\\Windows\\a.exe', '1-a.exe'],
    ['..', '1-part.jpg'],
    ['', '1-part.jpg'],
    ['.bashrc', '1-bashrc.jpg'],
    ['a\0b\n.jpg', '1-a_b_.jpg'],
    ['\u202egpj.exe', '1-gpj.exe'],
  ])('called %j is written as %s', (name, expected) => {
    expect(namesOf(named(name))).toEqual([expected]);
  });

  it('have names of bounded length', () => {
    const [name = ''] = namesOf(named(`${'x'.repeat(5000)}.jpg`));
    expect(name.length).toBe('1-'.length + NAME_LENGTH_MAX);
  });

  it('of one name stay apart, and those of nested multiparts take their place', () => {
    const outer = {
      ...named('outer'),
      nested: { kind: 'multipart' as const, parts: [named('a.jpg'), named('a.jpg')] },
    };
    expect(namesOf(outer, named('a.jpg'))).toEqual(['1-a.jpg', '2-a.jpg', '3-a.jpg']);
  });

  it('have their transfer encoding undone', () => {
    const part = { ...named('a.txt', 'text/plain'), bytes: Buffer.from('aGVsbG8=') };
    const encoded = { ...part, headers: { contentTransferEncoding: 'base64', others: [] } };
    const [file] = partFiles({ kind: 'multipart', parts: [encoded] }, undefined);
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe('hello');
  });

  it('of a single body are one', () => {
    const files = partFiles(
      { kind: 'single', bytes: Buffer.from('x') },
      { mediaType: 'text/plain', parameters: [] },
    );
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([['1-part.txt', 'text/plain']]);
  });

  it('are written, but never over a file or through a link', async () => {
    const folder = await temporaryFolder();
    const outside = join(await temporaryFolder(), 'outside');
    await writeFile(join(folder, '1-a.jpg'), 'kept');
    await symlink(outside, join(folder, '2-b.jpg'));
    const parts = [named('a.jpg'), named('b.jpg'), named('c.jpg')];
    const written = await writePartFiles(folder, partFiles({ kind: 'multipart', parts }, undefined));
    expect(written.map(({ ok }) => ok)).toEqual([false, false, true]);
    expect(await readFile(join(folder, '1-a.jpg'), 'utf8')).toBe('kept');
    expect(await readFile(join(folder, '3-c.jpg'), 'utf8')).toBe('c.jpg');
    expect((await readdir(folder)).length).toBe(3);
    await expect(readFile(outside)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
