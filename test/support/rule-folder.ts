/** Folders of rules for tests. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './scratch-folder.ts';

/** Metadata that the style asks for. */
export function goodMetadata(changes: Readonly<Record<string, string>> = {}): string {
  const metadata = {
    id: '"8c5d1c8e-7a53-4c1e-9c8b-0d0a1b2c3d4e"',
    description: '"Detects a text that only the tests of mmsguard have in them"',
    author: '"mmsguard"',
    date: '"2026-11-24"',
    version: '1',
    score: '85',
    severity: '"high"',
    reference: '"none"',
    license: '"Apache-2.0"',
    confidence: '"high"',
    target: '"part"',
    fp_notes: '"none known"',
    ...changes,
  };
  return Object.entries(metadata)
    .map(([key, value]) => `${key} = ${value}`)
    .join(' ');
}

/** A rule that matches a word, in good style. */
export function ruleFor(
  word: string,
  name = 'SUSP_MMS_Test_Word',
  changes: Readonly<Record<string, string>> = {},
): string {
  return `rule ${name} : test { meta: ${goodMetadata(changes)} strings: $word = "${word}" condition: $word }\n`;
}

/** A folder with these files. */
export function ruleFolder(files: Readonly<Record<string, string>>): string {
  const folder = scratchFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
