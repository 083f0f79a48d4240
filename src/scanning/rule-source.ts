/** Rule files as they are on disk. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** One file of rules. Rules of one namespace see each other. */
export interface RuleSource {
  readonly namespace: string;
  /** As it is named in what is said of it. */
  readonly file: string;
  readonly text: string;
}

/** A directory that rules are read from. */
export interface RuleDirectory {
  readonly namespace: string;
  readonly directory: string;
  /** Whether one broken rule refuses the whole set, or is left out and listed. */
  readonly brokenRules: 'refuse' | 'skip';
}

/** Something wrong with rules. Line and column count from 1. */
export interface RuleProblem {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly code: string;
  readonly message: string;
  /** The rule that it is about. */
  readonly rule?: string;
}

/** What was read, or everything that kept it from being read. */
export type RuleReading =
  | { readonly ok: true; readonly sources: RuleSource[] }
  | { readonly ok: false; readonly problems: RuleProblem[] };

/** How much is read. */
export interface RuleReadLimits {
  readonly filesMax: number;
  readonly fileBytesMax: number;
  /** Of all files together. */
  readonly bytesMax: number;
  /** Folders inside one another. */
  readonly depthMax: number;
}

/** Above what public sets need: 1,040 files (elastic), or 12 MB in one file (yara-forge, the full set). */
export const RULE_READ_LIMITS: RuleReadLimits = {
  filesMax: 20_000,
  fileBytesMax: 32 * 1024 * 1024,
  bytesMax: 128 * 1024 * 1024,
  depthMax: 16,
};

/**
 * Reads every `.yar` and `.yara` file below the directories, in the order of the directories and then of the paths, so
 * that a file sees the rules of those before it. Names that begin with a dot are passed over. A link is followed only
 * to what lies below the same directory, and no file is read twice. Never rejects.
 */
export async function readRuleSources(
  directories: readonly RuleDirectory[],
  limits: RuleReadLimits = RULE_READ_LIMITS,
): Promise<RuleReading> {
  const reader = new RuleReader(limits);
  for (const { namespace, directory } of directories) await reader.read(namespace, directory);
  const { sources, problems } = reader;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, sources };
}

class RuleReader {
  readonly sources: RuleSource[] = [];
  readonly problems: RuleProblem[] = [];
  readonly #limits: RuleReadLimits;
  /** Real paths of what was visited below the current directory. */
  readonly #visited = new Set<string>();
  #root = '';
  #namespace = '';
  #files = 0;
  #bytes = 0;

  constructor(limits: RuleReadLimits) {
    this.#limits = limits;
  }

  async read(namespace: string, directory: string): Promise<void> {
    this.#namespace = namespace;
    this.#visited.clear();
    try {
      this.#root = await realpath(directory);
    } catch (error) {
      this.#report(directory, 'rules-unreadable', reasonOf(error));
      return;
    }
    await this.#visit(directory, 0);
  }

  async #visit(path: string, depth: number): Promise<void> {
    try {
      const real = await realpath(path);
      if (this.#visited.has(real)) return;
      this.#visited.add(real);
      if (/^\.\.(\/|$)/.test(relative(this.#root, real))) {
        this.#report(path, 'rules-link-outside', 'a link leads out of the rule directory');
        return;
      }
      const state = await stat(real);
      if (state.isDirectory()) await this.#visitFolder(path, depth);
      else if (state.isFile() && IS_RULE_FILE.test(path)) await this.#readFile(path, state.size);
    } catch (error) {
      this.#report(path, 'rules-unreadable', reasonOf(error));
    }
  }

  async #visitFolder(path: string, depth: number): Promise<void> {
    if (depth > this.#limits.depthMax) {
      this.#report(path, 'rules-too-deep', `more than ${this.#limits.depthMax} folders inside one another`);
      return;
    }
    const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
    for (const name of names.sort()) await this.#visit(join(path, name), depth + 1);
  }

  async #readFile(path: string, size: number): Promise<void> {
    this.#files += 1;
    this.#bytes += size;
    const { filesMax, fileBytesMax, bytesMax } = this.#limits;
    if (size > fileBytesMax) {
      this.#report(path, 'rules-too-large', `more than ${fileBytesMax} bytes`);
    } else if (this.#files > filesMax || this.#bytes > bytesMax) {
      const excess = this.#files > filesMax ? `${filesMax} files` : `${bytesMax} bytes`;
      if (!this.problems.some(({ code }) => code === 'rules-too-many')) {
        this.#report(path, 'rules-too-many', `here the rules exceed ${excess}`);
      }
    } else {
      this.#take(path, await readFile(path));
    }
  }

  #take(file: string, bytes: Buffer): void {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      this.sources.push({ namespace: this.#namespace, file, text });
    } catch {
      this.#report(file, 'rules-not-utf-8', 'the file is not UTF-8');
    }
  }

  #report(file: string, code: string, message: string): void {
    this.problems.push({ file, line: undefined, column: undefined, code, message });
  }
}

const IS_RULE_FILE = /\.yara?$/i;

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? `cannot be read (${String(error.code)})` : String(error);
}
