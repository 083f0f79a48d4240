import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { newKeysText, parseStorageKeys, sealLine } from './storage-keys.ts';

const HELP = `
The file holds what seals and opens the quarantine. Keep a copy of it elsewhere: without it nobody can read what is held.
A key that is added seals from the next start on; those before it stay, and open what they have sealed.`;

/** Only its owner reads the file. */
const MODE = 0o600;

/** Adds `key create` and `key add`. */
export function registerKey(program: Command, io: CommandIo): void {
  const key = program
    .command('key')
    .description('make the keys of the quarantine')
    .addHelpText('after', HELP);
  key
    .command('create')
    .description('make a file with fresh keys; a file that is there is left alone')
    .argument('<file>', 'file to make')
    .action(async (file: string) => {
      await attempt(io, file, () => writeFile(file, newKeysText(today()), { mode: MODE, flag: 'wx' }));
    });
  key
    .command('add')
    .description('put a fresh seal key on top of a key file')
    .argument('<file>', 'file to change')
    .action(async (file: string) => {
      await attempt(io, file, () => addKey(file, io));
    });
}

async function addKey(file: string, io: CommandIo): Promise<void> {
  const text = await readFile(file, 'utf8');
  const parsed = parseStorageKeys(text);
  if (!parsed.ok) {
    refuseInput([`${file}: ${parsed.message}`], io);
    return;
  }
  const taken = new Set(parsed.keys.seal.map(({ id }) => id));
  const id = freeName(today(), taken);
  const beside = `${file}.new`;
  await writeFile(beside, `${sealLine(id)}\n${text}`, { mode: MODE, flag: 'wx' });
  await rename(beside, file);
}

function freeName(day: string, taken: ReadonlySet<string>): string {
  let id = day;
  for (let count = 2; taken.has(id); count += 1) id = `${day}.${count}`;
  return id;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

async function attempt(io: CommandIo, file: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    io.stderr.write(`${file}: ${error.message}\n`);
    io.exitCode = EXIT.failure;
  }
}
