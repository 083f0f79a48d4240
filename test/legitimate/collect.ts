/**
 * Collects ordinary files that the default rules and detectors must leave alone: out of Debian and npm packages, made by
 * ffmpeg, and made here. It downloads some 40 MB and takes a minute or two; what is there already is kept. It says what
 * it could not get, and the test says whether the rest suffices.
 */
import { writeFileSync } from 'node:fs';
import { COLLECTION_FOLDER, COLLECTION_INDEX, type OrdinaryFile } from './collection.ts';
import { FFMPEG_FILES } from './ffmpeg-files.ts';
import { FORTUNES } from './fortunes.ts';
import { madeCards } from './made-cards.ts';
import { madeSoundAndPictures } from './made-sound.ts';
import { madePresentations, madeTexts } from './made-texts.ts';
import { PACKAGES } from './packages.ts';
import { keep, type Source } from './source.ts';

/** Making these takes no time. */
const MADE: Source = {
  name: 'made',
  recipe: undefined,
  gather() {
    const { files, missing } = madeTexts();
    return { files: [...files, ...madePresentations(), ...madeCards(), ...madeSoundAndPictures()], missing };
  },
};

const files: OrdinaryFile[] = [];
const missing: string[] = [];
for (const source of [...PACKAGES, ...FORTUNES, FFMPEG_FILES, MADE]) {
  const kept = keep(source);
  process.stdout.write(`${source.name}: ${kept.files.length} files\n`);
  files.push(...kept.files);
  missing.push(...kept.missing);
}
writeFileSync(COLLECTION_INDEX, JSON.stringify(files));
process.stdout.write(`${files.length} files in ${COLLECTION_FOLDER}\n`);
for (const line of missing) process.stdout.write(`could not get: ${line}\n`);
