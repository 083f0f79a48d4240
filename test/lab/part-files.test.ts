import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContentType } from '../../src/codec/content-type.ts';
import type { Part } from '../../src/codec/multipart.ts';
import type { PartHeaders } from '../../src/codec/part-headers.ts';
import { NAME_LENGTH_MAX, partFiles, writePartFiles } from '../../src/lab/part-files.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

function part(name: string | undefined, headers: Partial<PartHeaders> = {}, mediaType = 'image/png'): Part {
  const parameters = name === undefined ? [] : [{ name: 'name', value: name }];
  return {
    contentType: { mediaType, parameters },
    headers: { others: [], ...headers },
    bytes: Buffer.from('b'),
  };
}

const MIXED: ContentType = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };
const filesOf = (...parts: Part[]) => partFiles({ kind: 'multipart', parts }, MIXED);
const nameOf = (one: Part): string | undefined => filesOf(one)[0]?.name;

describe('partFiles', () => {
  it.each([
    ['a plain name', 'photo.png', '1-photo.png'],
    ['letters of any script', 'Фото 1.png', '1-Фото_1.png'],
    ['a path upwards', '../../etc/passwd', '1-passwd.png'],
    ['an absolute path', '/etc/cron.d/x.png', '1-x.png'],
    ['a Windows path', 'C:\\Windows\\x.png', '1-x.png'],
    ['a hidden file', '.bashrc', '1-bashrc.png'],
    ['nothing but dots', '..', '1-part.png'],
    ['nothing', '', '1-part.png'],
    ['control characters', 'a\u0000b\r\n\u001b[31m.png', '1-a_b_31m.png'],
    ['a turned reading direction', 'gnp\u202egpj.exe', '1-gnp_gpj.exe'],
    ['shell letters', '$(rm -rf ~);`x`.png', '1-rm_-rf_x_.png'],
    ['an option', '-rf', '1--rf.png'],
  ])('makes %s safe', (_, name, expected) => {
    expect(nameOf(part(name))).toBe(expected);
  });

  it.each([
    ['at the limit', NAME_LENGTH_MAX],
    ['one past the limit', NAME_LENGTH_MAX + 1],
  ])('cuts a name %s at its start', (_, length) => {
    const name = `${'x'.repeat(length - 4)}.png`;
    expect(nameOf(part(name))).toBe(`1-${name.slice(-NAME_LENGTH_MAX)}`);
  });

  it('looks for a name where handsets look', () => {
    const disposition = { disposition: 'attachment', parameters: [{ name: 'filename', value: 'd.png' }] };
    expect(
      filesOf(
        part('n.png', { contentDisposition: disposition, contentLocation: 'l.png' }),
        part(undefined, { contentDisposition: disposition, contentLocation: 'l.png' }),
        part(undefined, { contentLocation: 'l.png', contentId: '<i.png>' }),
        part(undefined, { contentId: '<i>' }),
        part(undefined, {}, 'text/plain'),
      ).map(({ name }) => name),
    ).toEqual(['1-n.png', '2-d.png', '3-l.png', '4-i.png', '5-part.txt']);
  });

  it('never gives one name twice', () => {
    const names = filesOf(part('a.png'), part('a.png')).map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
  });

  it('undoes transfer encodings', () => {
    const encoded = { ...part('a.txt', { contentTransferEncoding: 'base64' }), bytes: Buffer.from('aGk=') };
    expect(Buffer.from(filesOf(encoded)[0]!.bytes).toString()).toBe('hi');
  });

  it('gives the parts inside a part in its place', () => {
    const nested: Part = {
      ...part('m'),
      contentType: MIXED,
      nested: { kind: 'multipart', parts: [part('in.png')] },
    };
    expect(filesOf(nested, part('b.png')).map(({ name }) => name)).toEqual(['1-in.png', '2-b.png']);
  });

  it('gives a single body', () => {
    const text = { mediaType: 'text/plain', parameters: [] };
    const body = { kind: 'single', bytes: Buffer.from('x') } as const;
    expect(partFiles(body, text)).toEqual([
      { name: '1-part.txt', mediaType: 'text/plain', bytes: body.bytes },
    ]);
  });

  it('gives nothing where there is no body', () => {
    expect(partFiles(undefined, undefined)).toEqual([]);
  });
});

describe('writePartFiles', () => {
  const file = { name: '1-a.png', mediaType: 'image/png', bytes: Buffer.from('new') };

  it('writes into a folder that it makes', async () => {
    const folder = join(scratchFolder(), 'a', 'b');
    const written = await writePartFiles(folder, [file]);
    expect(written).toEqual([{ ok: true, path: join(folder, '1-a.png'), mediaType: 'image/png', bytes: 3 }]);
    expect(readFileSync(join(folder, '1-a.png'), 'utf8')).toBe('new');
  });

  it('writes over no file, and through no link', async () => {
    const folder = scratchFolder();
    const outside = join(scratchFolder(), 'outside');
    writeFileSync(join(folder, '1-a.png'), 'old');
    symlinkSync(outside, join(folder, '2-b.png'));
    const written = await writePartFiles(folder, [file, { ...file, name: '2-b.png' }]);
    expect(written.map(({ ok }) => ok)).toEqual([false, false]);
    expect(readFileSync(join(folder, '1-a.png'), 'utf8')).toBe('old');
    expect(readdirSync(join(outside, '..'))).toEqual([]);
  });

  it('tells of a folder that cannot be made', async () => {
    const folder = join(scratchFolder(), 'taken');
    writeFileSync(folder, '');
    expect(await writePartFiles(folder, [file])).toMatchObject([{ ok: false, path: folder }]);
  });

  it('stays in the folder whatever the message calls its parts', async () => {
    const parent = scratchFolder();
    const folder = join(parent, 'in');
    mkdirSync(folder);
    const files = filesOf(...['../x', '..\\x', '/x', 'a/../../x', '..', '.'].map((name) => part(name)));
    const written = await writePartFiles(folder, files);
    expect(written.every(({ ok }) => ok)).toBe(true);
    expect(readdirSync(parent)).toEqual([basename(folder)]);
  });
});
