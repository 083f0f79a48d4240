import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuleSources, RULE_READ_LIMITS, type RuleDirectory } from '../../src/scanning/rule-source.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

/** A folder with files, named by their paths. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = scratchFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const directoryOf = (directory: string, namespace = 'n'): RuleDirectory => ({
  namespace,
  directory,
  brokenRules: 'refuse',
});

async function read(directory: string, limits = {}): Promise<unknown[]> {
  const reading = await readRuleSources([directoryOf(directory)], { ...RULE_READ_LIMITS, ...limits });
  return reading.ok
    ? reading.sources.map(({ file, text }) => [file.slice(directory.length + 1), text])
    : reading.problems.map(({ file, code }) => [file.slice(directory.length + 1), code]);
}

describe('readRuleSources', () => {
  it('reads rule files of all folders in order, and nothing else', async () => {
    const folder = folderWith({
      'b.yar': 'b',
      'a/z.YARA': 'z',
      'a/y.yar': 'y',
      'a.txt': 'no',
      yar: 'no',
      '.hidden.yar': 'no',
      '.hidden/c.yar': 'no',
    });
    expect(await read(folder)).toEqual([
      ['a/y.yar', 'y'],
      ['a/z.YARA', 'z'],
      ['b.yar', 'b'],
    ]);
  });

  it('keeps the order of the directories and gives each file its namespace', async () => {
    const [first, second] = [folderWith({ 'b.yar': 'b' }), folderWith({ 'a.yar': 'a' })];
    const reading = await readRuleSources([directoryOf(first, 'one'), directoryOf(second, 'two')]);
    expect(reading).toEqual({
      ok: true,
      sources: [
        { namespace: 'one', file: join(first, 'b.yar'), text: 'b' },
        { namespace: 'two', file: join(second, 'a.yar'), text: 'a' },
      ],
    });
  });

  it('reads no file twice, however many links lead to it, and survives links in a circle', async () => {
    const folder = folderWith({ '..data/a.yar': 'a', 'sub/b.yar': 'b' });
    symlinkSync('..data/a.yar', join(folder, 'a.yar'));
    symlinkSync('a.yar', join(folder, 'z.yar'));
    symlinkSync('..', join(folder, 'sub', 'up'));
    expect(await read(folder)).toEqual([
      ['a.yar', 'a'],
      ['sub/b.yar', 'b'],
    ]);
  });

  it('follows the directory itself when it is a link', async () => {
    const folder = folderWith({ 'a.yar': 'a' });
    const link = join(scratchFolder(), 'rules');
    symlinkSync(folder, link);
    expect(await read(link)).toEqual([['a.yar', 'a']]);
  });

  it.each([
    ['a file', () => join(folderWith({ 'a.yar': 'a' }), 'a.yar')],
    ['a folder', () => folderWith({ 'a.yar': 'a' })],
    [
      'a folder that begins with the same name',
      (folder: string) => {
        mkdirSync(`${folder}-2`);
        return `${folder}-2`;
      },
    ],
  ])('refuses a link that leads out of the directory to %s', async (_, elsewhere) => {
    const folder = join(scratchFolder(), 'rules');
    mkdirSync(folder);
    symlinkSync(elsewhere(folder), join(folder, 'link.yar'));
    expect(await read(folder)).toEqual([['link.yar', 'rules-link-outside']]);
  });

  it('tells a link that leads nowhere, a directory that is not there and one that is a file', async () => {
    const folder = folderWith({ 'a.yar': 'a' });
    symlinkSync('nowhere', join(folder, 'link.yar'));
    expect(await read(folder)).toEqual([['link.yar', 'rules-unreadable']]);
    expect(await read(join(folder, 'missing'))).toEqual([['', 'rules-unreadable']]);
  });

  it('refuses a file that is not UTF-8', async () => {
    expect(await read(folderWith({ 'a.yar': Uint8Array.of(0x72, 0xff), 'b.yar': 'b' }))).toEqual([
      ['a.yar', 'rules-not-utf-8'],
    ]);
  });

  interface Bound {
    readonly what: string;
    readonly limits: object;
    readonly within: Readonly<Record<string, string>>;
    /** The path of one file more, and what it holds. */
    readonly beyond: readonly [path: string, text: string];
    readonly problem: readonly [path: string, code: string];
  }

  it.each<Bound>([
    {
      what: 'files',
      limits: { filesMax: 2 },
      within: { 'a.yar': 'aa', 'b.yar': 'bb' },
      beyond: ['c.yar', ''],
      problem: ['c.yar', 'rules-too-many'],
    },
    {
      what: 'bytes',
      limits: { bytesMax: 4 },
      within: { 'a.yar': 'aa', 'b.yar': 'bb' },
      beyond: ['c.yar', 'c'],
      problem: ['c.yar', 'rules-too-many'],
    },
    {
      what: 'bytes of one file',
      limits: { fileBytesMax: 2 },
      within: { 'a.yar': 'aa' },
      beyond: ['b.yar', 'bbb'],
      problem: ['b.yar', 'rules-too-large'],
    },
    {
      what: 'folders',
      limits: { depthMax: 1 },
      within: { 'a/b.yar': '' },
      beyond: ['a/b/c.yar', ''],
      problem: ['a/b', 'rules-too-deep'],
    },
  ])('bounds the $what', async ({ limits, within, beyond: [path, text], problem }) => {
    expect(await read(folderWith(within), limits)).toHaveLength(Object.keys(within).length);
    expect(await read(folderWith({ ...within, [path]: text }), limits)).toEqual([problem]);
  });
});
