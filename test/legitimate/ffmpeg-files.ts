/** Pictures, sound and films that ffmpeg and heif-enc make, and photos of phones that are made of some of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../support/needs.ts';
import { FFMPEG_RECIPES, HEIC_RECIPES, SUBTITLES, type Recipe } from './ffmpeg-recipes.ts';
import { phonePhotos } from './phone-photos.ts';
import { inScratchFolder } from './packages.ts';
import { run, type Gathered, type Harvest, type Source } from './source.ts';

/** Quietly, on one core, over what is there. */
const FFMPEG_OPTIONS = ['-y', '-v', 'error', '-nostdin', '-threads', '1'] as const;

/** What both programs make. */
export const FFMPEG_FILES: Source = {
  name: 'ffmpeg',
  recipe: { FFMPEG_RECIPES, HEIC_RECIPES, photos: 1 },
  gather: () => inScratchFolder(make),
};

function make(folder: string): Harvest {
  const absent = ['ffmpeg', 'heif-enc'].filter((program) => !isInstalled(program));
  if (absent.length > 0)
    return { files: [], missing: absent.map((program) => `${program} is not installed`) };
  writeFileSync(join(folder, 'subtitles.srt'), SUBTITLES);
  const files: Gathered[] = [];
  const missing: string[] = [];
  const makeOne = (program: string, name: string, args: readonly string[]): void => {
    const failure = run(program, args, folder);
    if (failure === undefined) files.push({ name, bytes: readFileSync(join(folder, name)) });
    else missing.push(`${name} of ${program}: ${failure}`);
  };
  for (const { name, args } of FFMPEG_RECIPES) makeOne('ffmpeg', name, ffmpegArguments({ name, args }));
  for (const { name, args } of HEIC_RECIPES) makeOne('heif-enc', name, [...args, '-o', name]);
  return { files: [...files, ...photosOf(files)], missing };
}

function ffmpegArguments({ name, args }: Recipe): readonly string[] {
  return [...FFMPEG_OPTIONS, ...args, '-threads', '1', name];
}

/** Three of the files, made into photos of phones. */
function photosOf(files: readonly Gathered[]): readonly Gathered[] {
  const wanted = ['IMG_640x480_6.jpg', 'IMG_160x120_15.jpg', 'VID_h264_320x240_plain.mp4'];
  const [picture, small, film] = wanted.map((name) => files.find((file) => file.name === name)?.bytes);
  return picture && small && film ? phonePhotos(picture, small, film) : [];
}
