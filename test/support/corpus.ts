import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message of the corpus of real PDUs, which is no part of the project. */
export interface CorpusMessage {
  readonly file: string;
  /** As the manifest has it: a message type, `wap-push(…)`, or `other`. */
  readonly type: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

const PROJECT = new URL('../../', import.meta.url).pathname;

/** The folder that holds the corpus: `MMSGUARD_CORPUS`, or `../shared/corpus` beside the project. */
export const CORPUS_FOLDER = process.env['MMSGUARD_CORPUS'] ?? join(PROJECT, '../shared/corpus');

const MANIFEST = join(CORPUS_FOLDER, 'manifest.tsv');

/** Every message of the corpus; none where it is absent. */
export const CORPUS: readonly CorpusMessage[] = existsSync(MANIFEST) ? readManifest() : [];

function readManifest(): readonly CorpusMessage[] {
  const [, ...lines] = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [file = '', , type = '', , , sha256 = ''] = line.split('\t');
    return { file, type, sha256, bytes: new Uint8Array(readFileSync(join(CORPUS_FOLDER, file))) };
  });
}
