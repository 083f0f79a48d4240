/** What a source of ordinary files is, and how what it gives is kept. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { COLLECTION_FOLDER, type OrdinaryFile } from './collection.ts';
import { labelled } from './handset-labels.ts';

/** A file as its source gives it. */
export interface Gathered {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Set where the name does not tell. */
  readonly declaredType?: string;
  readonly charset?: number;
}

/** Where ordinary files come from. */
export interface Source {
  readonly name: string;
  /** All that decides what it gives: when this changes, it is asked again. Undefined: it is asked every time. */
  readonly recipe: object | undefined;
  /** The files, and in words what could not be had. */
  gather(): Harvest;
}

/** What a source gave. */
export interface Harvest {
  readonly files: readonly Gathered[];
  readonly missing: readonly string[];
}

/** A larger one is a message by itself, and no handset sends it. */
export const FILE_BYTES_MAX = 900_000;

interface Kept {
  readonly recipe: string;
  readonly files: readonly OrdinaryFile[];
  readonly missing: readonly string[];
}

/** Gathers a source into a folder of its own, unless it is there already and whole. */
export function keep({ name, recipe, ...source }: Source): Omit<Kept, 'recipe'> {
  const folder = join(COLLECTION_FOLDER, name);
  const index = join(folder, 'index.json');
  const digest = createHash('sha256')
    .update(JSON.stringify(recipe ?? null))
    .digest('hex');
  const known = existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as Kept) : undefined;
  if (recipe !== undefined && known?.recipe === digest && known.missing.length === 0) return known;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { files, missing } = source.gather();
  const usable = files.filter(({ bytes }) => bytes.length > 0 && bytes.length <= FILE_BYTES_MAX);
  const listed = usable.map((file, at) => {
    const path = join(name, `${at}-${file.name}`);
    writeFileSync(join(COLLECTION_FOLDER, path), file.bytes);
    return labelled(file, path, at);
  });
  writeFileSync(index, JSON.stringify({ recipe: digest, files: listed, missing } satisfies Kept));
  return { files: listed, missing };
}

/** A download over a slow line takes minutes; what takes longer has got stuck. */
const PROGRAM_MS_MAX = 300_000;

/** Runs a program to its end; the last line of its complaint when it fails, otherwise undefined. */
export function run(program: string, args: readonly string[], cwd?: string): string | undefined {
  const { status, error, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    timeout: PROGRAM_MS_MAX,
  });
  if (status === 0) return undefined;
  if (error !== undefined) return error.message;
  const complaint = stderr.trim().split('\n').at(-1) ?? '';
  return complaint === '' ? `it exited with ${String(status)}` : complaint;
}
