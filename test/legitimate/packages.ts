/** Ordinary files out of Debian and npm packages. */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isSendable } from './handset-labels.ts';
import { FILE_BYTES_MAX, run, type Gathered, type Harvest, type Source } from './source.ts';

/** What is taken of a package. */
interface Pick {
  readonly package: string;
  readonly files: string;
  /** Of each package at most so many, evenly out of all that there are. */
  readonly most: number;
  /** Paths with one of these words are left out, and why. */
  readonly without?: { readonly words: readonly string[]; readonly because: string };
}

/** Of the Debian release that the machine has. */
const DEBIAN: readonly Pick[] = [
  { package: 'golang-golang-x-image-dev', files: '**/testdata/**/*.{png,jpeg,jpg,webp,bmp,gif}', most: 120 },
  {
    package: 'golang-github-rwcarlsen-goexif-dev',
    files: '**/*.jpg',
    most: 80,
    without: { words: ['/corrupt/'], because: 'they are made to break Exif readers' },
  },
  { package: 'golang-github-disintegration-imaging-dev', files: '**/testdata/*.{png,jpg}', most: 30 },
  {
    package: 'golang-github-gabriel-vasile-mimetype-dev',
    files: '**/testdata/*.{3gp,mov,mp4,jpg,png,gif,webp,aac,amr,mp3,wav,ogg,mid,ics,vcf}',
    most: 30,
  },
  { package: 'golang-github-arran4-golang-ical-dev', files: '**/testdata/**/*.ics', most: 20 },
  { package: 'tango-icon-theme', files: '**/*.png', most: 120 },
  { package: 'pidgin-data', files: '**/*.{png,wav}', most: 80 },
  { package: 'sound-theme-freedesktop', files: '**/*.oga', most: 40 },
  { package: 'oxygen-sounds', files: '**/*.ogg', most: 60 },
  { package: 'openttd-openmsx', files: '**/*.mid', most: 40 },
];

const NPM: readonly Pick[] = [
  { package: 'dijit@1.17.3', files: '**/*.{gif,png}', most: 200 },
  { package: '@lobehub/fluent-emoji-3d@1.1.0', files: '**/*.webp', most: 160 },
];

/** Sources by package. */
export const PACKAGES: readonly Source[] = [
  ...DEBIAN.map((pick) => sourceOf(pick, unpackDebian)),
  ...NPM.map((pick) => sourceOf(pick, unpackNpm)),
];

/** Unpacks a package into a folder; why it could not, otherwise undefined. */
type Unpack = (name: string, folder: string) => string | undefined;

function sourceOf(pick: Pick, unpack: Unpack): Source {
  const name = pick.package.replaceAll(/[^a-z0-9.-]+/g, '-').replace(/^-/, '');
  return { name, recipe: pick, gather: () => inScratchFolder((folder) => gather(pick, unpack, folder)) };
}

/** Gives a folder that is gone afterwards. */
export function inScratchFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mmsguard-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function gather({ package: name, files, most, without }: Pick, unpack: Unpack, folder: string): Harvest {
  const failure = unpack(name, folder);
  if (failure !== undefined) return { files: [], missing: [`${name}: ${failure}`] };
  const paths = globSync(files, { cwd: folder })
    .filter((path) => isSendable(path) && !(without?.words ?? []).some((word) => path.includes(word)))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).size <= FILE_BYTES_MAX)
    .sort();
  return { files: evenly(paths, most).map(readGathered), missing: [] };
}

function readGathered(path: string): Gathered {
  return { name: basename(path), bytes: readFileSync(path) };
}

/** At most so many of a list, as far apart as it allows. */
export function evenly<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, list.length / most);
  return list.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

let areListsFresh = false;

/** Downloads and opens a package without installing it. Stale package lists are fetched anew, once. */
export function unpackDebian(name: string, folder: string): string | undefined {
  const download = (): string | undefined => run('apt-get', ['download', '-q', name], folder);
  let failure = download();
  if (failure !== undefined && !areListsFresh) {
    areListsFresh = true;
    failure = run('apt-get', ['update', '-q']) ?? download();
  }
  if (failure !== undefined) return failure;
  const [archive = ''] = globSync('*.deb', { cwd: folder });
  return run('dpkg', ['-x', archive, folder], folder);
}

function unpackNpm(name: string, folder: string): string | undefined {
  const failure = run('npm', ['pack', '--silent', name], folder);
  if (failure !== undefined) return failure;
  const [archive = ''] = globSync('*.tgz', { cwd: folder });
  return run('tar', ['xzf', archive], folder);
}
