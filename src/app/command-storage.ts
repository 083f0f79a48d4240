/** Commands that open the configured storage themselves: they work while no proxy runs, and beside one that does. */
import type { StoreFailure } from '../storage/quarantine-store.ts';
import { configOf, type ConfigOptions } from './command-config.ts';
import { EXIT, refuseInput, type CommandIo } from './command-io.ts';
import { openStorage, type OpenStorage } from './open-storage.ts';
import { formatStartError } from './start-error.ts';
import { terminalText } from './terminal-text.ts';

/** Opens the storage of the configuration for one act, and closes it. What is wrong has been told. */
export async function withStorage(
  options: ConfigOptions,
  io: CommandIo,
  act: (storage: OpenStorage) => Promise<void>,
): Promise<void> {
  const config = await configOf(options, io);
  if (config === undefined) return;
  if (config.storage.sqliteFile === null && config.storage.postgresUrl === null) {
    refuseInput(['storage: none is configured: set storage.sqliteFile or storage.postgresUrl'], io);
    return;
  }
  const opening = await openStorage(config, io.environment);
  if (!opening.ok) {
    for (const error of opening.errors) io.stderr.write(`${terminalText(formatStartError(error))}\n`);
    io.exitCode = EXIT.failure;
    return;
  }
  try {
    await act(opening.storage);
  } finally {
    await opening.storage.close();
  }
}

/** Prints why a store did not do what it was asked, and sets the exit code. */
export function tellStoreFailure({ code, detail }: StoreFailure, io: CommandIo): void {
  io.stderr.write(`${terminalText(`${code}: ${detail}`)}\n`);
  io.exitCode = EXIT.failure;
}
