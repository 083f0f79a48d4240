/** The collection of ordinary files: where it is, and what is known of each. It is made by `collect.ts`, never committed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file, and how a handset would send it. */
export interface OrdinaryFile {
  /** Relative to the collection's folder. */
  readonly path: string;
  /** File name in the message. */
  readonly name: string;
  /** What it is by the name of its format: a family of the media family table. */
  readonly family: string;
  readonly declaredType: string;
  /** MIBenum that the part is labelled with. */
  readonly charset?: number;
}

const PROJECT = new URL('../../', import.meta.url).pathname;

/** The folder of the collection: `MMSGUARD_LEGITIMATE`, or one that goes with the installed packages. */
export const COLLECTION_FOLDER =
  process.env['MMSGUARD_LEGITIMATE'] ?? join(PROJECT, 'node_modules/.cache/mmsguard-legitimate');

/** The list of what was collected. It is written last, so that it is never of half a collection. */
export const COLLECTION_INDEX = join(COLLECTION_FOLDER, 'index.json');

/** Every file of the collection; none where it is absent. */
export function readCollection(): readonly OrdinaryFile[] {
  if (!existsSync(COLLECTION_INDEX)) return [];
  return JSON.parse(readFileSync(COLLECTION_INDEX, 'utf8')) as OrdinaryFile[];
}

/** The octets of one. */
export function readOrdinary({ path }: OrdinaryFile): Uint8Array {
  return new Uint8Array(readFileSync(join(COLLECTION_FOLDER, path)));
}
