/** Says when rule files have changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often the files are looked at. */
export const WATCH_INTERVAL_MS = 1000;

/** Entries looked at, and folders inside one another: what lies beyond is not watched. */
export const ENTRIES_MAX = 50_000;
export const DEPTH_MAX = 16;

/**
 * Calls `onChange` after files below the directories have changed and have then been left alone for one interval, so
 * that a set of files that is being written counts once. It looks, instead of being notified: that also works on network
 * file systems, and where a deployment points a link elsewhere. Close it to stop.
 */
export function watchRules(
  directories: readonly string[],
  onChange: () => void,
  intervalMs = WATCH_INTERVAL_MS,
): { close(): Promise<void> } {
  const closing = new AbortController();
  const watching = watch(directories, onChange, intervalMs, closing.signal);
  return {
    close: async () => {
      closing.abort();
      await watching;
    },
  };
}

async function watch(
  directories: readonly string[],
  onChange: () => void,
  intervalMs: number,
  closing: AbortSignal,
): Promise<void> {
  let told = await fingerprint(directories);
  let last = told;
  for (;;) {
    await sleep(intervalMs, undefined, { signal: closing }).catch(() => undefined);
    if (closing.aborted) return;
    const now = await fingerprint(directories);
    if (now === last && now !== told) {
      told = now;
      onChange();
    }
    last = now;
  }
}

/** One text that is another whenever a file or folder is. What cannot be read is a fact like any other. */
async function fingerprint(directories: readonly string[]): Promise<string> {
  const seen: string[] = [];
  for (const directory of directories) await look(directory, 0, seen);
  return seen.join('\n');
}

async function look(path: string, depth: number, seen: string[]): Promise<void> {
  if (seen.length >= ENTRIES_MAX || depth > DEPTH_MAX) return;
  try {
    const { ino, size, mtimeNs, ctimeNs, isDirectory } = await status(path);
    seen.push(`${path} ${ino} ${size} ${mtimeNs} ${ctimeNs}`);
    if (!isDirectory) return;
    const names = await readdir(path);
    for (const name of names.toSorted()) await look(join(path, name), depth + 1, seen);
  } catch (error) {
    seen.push(`${path} ${error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'}`);
  }
}

/** Of what a link points to. */
async function status(path: string) {
  const stats = await stat(path, { bigint: true });
  const { ino, size, mtimeNs, ctimeNs } = stats;
  return { ino, size, mtimeNs, ctimeNs, isDirectory: stats.isDirectory() };
}
