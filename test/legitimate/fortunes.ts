/** What people write, in eleven languages: the sayings of Debian's fortune packages, each a text message. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evenly, inScratchFolder, unpackDebian } from './packages.ts';
import type { Source } from './source.ts';

const PACKAGES = ['bg', 'br', 'cs', 'de', 'eo', 'es', 'ga', 'it', 'pl', 'ru', 'zh'].map(
  (language) => `fortunes-${language}`,
);

/** Sayings of each package. */
const MOST = 40;

/** A text message is neither a word nor a chapter. */
const LENGTH = { least: 20, most: 1500 };

/** Some sayings are coloured for a terminal. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** MIBenum of UTF-8. */
const UTF8 = 106;

/** One source a package. */
export const FORTUNES: readonly Source[] = PACKAGES.map((name) => ({
  name,
  recipe: { MOST, LENGTH, COLOUR: COLOUR.source },
  gather: () =>
    inScratchFolder((folder) => {
      const failure = unpackDebian(name, folder);
      if (failure !== undefined) return { files: [], missing: [`${name}: ${failure}`] };
      const files = evenly(sayingsIn(folder), MOST).map((saying) => ({
        name: 'text_0.txt',
        bytes: Buffer.from(saying),
        charset: UTF8,
      }));
      return { files, missing: [] };
    }),
}));

function sayingsIn(folder: string): string[] {
  return globSync('usr/share/games/fortunes/**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(dat|u8)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => readFileSync(path, 'utf8').split(/^%.*$/m))
    .map((saying) => saying.replaceAll(COLOUR, '').trim())
    .filter(({ length }) => length >= LENGTH.least && length <= LENGTH.most);
}
