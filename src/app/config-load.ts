import { readBoundedFile } from './bounded-file.ts';
import { readEnvironment, type Environment, type EnvironmentOverride } from './config-environment.ts';
import { messagesOf, type ConfigError, type PathMessage } from './config-error.ts';
import { CONFIG_OUTLINE, formatPath } from './config-keys.ts';
import { CONFIG_SCHEMA, type Config } from './config-schema.ts';
import { readYaml, type YamlPlace } from './config-yaml.ts';

/** Bytes of the configuration file. */
export const CONFIG_FILE_BYTES_MAX = 256 * 1024;

/** Where the value of one key came from. */
export type KeyOrigin =
  | { readonly source: 'default' }
  | { readonly source: 'file'; readonly line: number }
  | { readonly source: 'environment'; readonly variable: string };

/** A checked configuration, or everything that is wrong with it. */
export type ConfigResult =
  | {
      readonly ok: true;
      readonly config: Config;
      readonly originOf: (path: readonly string[]) => KeyOrigin;
    }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** Loads the configuration: defaults, then the file (if one is named), then the environment. Never rejects. */
export async function loadConfig(
  fileName: string | undefined,
  environment: Environment,
): Promise<ConfigResult> {
  if (fileName === undefined) return readConfig('', environment);
  const reading = await readBoundedFile(fileName, CONFIG_FILE_BYTES_MAX);
  if (!reading.ok) return { ok: false, errors: [{ path: '', message: reading.message, source: 'file' }] };
  return readConfig(reading.bytes, environment);
}

/** The same for the content of a file. Pure, never throws. */
export function readConfig(file: string | Uint8Array, environment: Environment): ConfigResult {
  const yaml = readFile(file);
  const { overrides, errors } = readEnvironment(environment);
  const origins = new Origins(yaml.ok ? yaml.placeOf : undefined, overrides);
  const fileErrors = yaml.ok
    ? []
    : yaml.errors.map((error) => ({ path: '', source: 'file' as const, ...error }));
  const parsed = CONFIG_SCHEMA.safeParse(layered(yaml.ok ? yaml.value : undefined, [], overrides));
  const issues = messagesOf(parsed.error?.issues ?? [], knownKeys).map((issue) => origins.errorAt(issue));
  // Beside a broken file only what the environment says is known to be wrong.
  const certain = issues.filter(({ source }) => yaml.ok || source === 'environment');
  const all = [...fileErrors, ...errors, ...certain];
  if (!parsed.success || all.length > 0) return { ok: false, errors: all };
  return { ok: true, config: parsed.data, originOf: (path) => origins.of(path) };
}

function readFile(file: string | Uint8Array): ReturnType<typeof readYaml> {
  if (typeof file === 'string') return readYaml(file);
  try {
    return readYaml(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch {
    return { ok: false, errors: [{ message: 'is not UTF-8 text' }] };
  }
}

/**
 * Lays the overrides over a group of the file. Groups are copied, never changed: YAML aliases share them. A group with
 * every key commented out is null in YAML and counts as absent; what is no group stays as it is and is refused later.
 */
function layered(
  value: unknown,
  path: readonly string[],
  overrides: readonly EnvironmentOverride[],
): unknown {
  const group: unknown = value ?? {};
  if (typeof group !== 'object' || group === null || Array.isArray(group)) return group;
  const copy: Record<string, unknown> = { ...group };
  for (const child of CONFIG_OUTLINE.groups) {
    if (isChild(child.path, path))
      copy[lastOf(child.path)] = layered(copy[lastOf(child.path)], child.path, overrides);
  }
  for (const override of overrides) {
    if (isChild(override.path, path)) copy[lastOf(override.path)] = override.value;
  }
  return copy;
}

function isChild(path: readonly string[], parent: readonly string[]): boolean {
  return path.length === parent.length + 1 && startsWith(path, parent);
}

function startsWith(path: readonly PropertyKey[], prefix: readonly PropertyKey[]): boolean {
  return prefix.every((step, index) => path[index] === step);
}

function lastOf(path: readonly string[]): string {
  return path.at(-1) ?? '';
}

/** The names of the keys and groups in a group. Items of a list count as the list. */
function knownKeys(groupPath: readonly PropertyKey[]): readonly string[] {
  const path = groupPath.map(String);
  return [...CONFIG_OUTLINE.groups, ...CONFIG_OUTLINE.keys]
    .map((entry) => entry.path)
    .filter((candidate) => isChild(candidate, path))
    .map(lastOf);
}

/** Says of each key whether the environment, the file or nobody set it; the environment wins. */
class Origins {
  readonly #placeOf: (path: readonly PropertyKey[]) => YamlPlace;
  readonly #overrides: readonly EnvironmentOverride[];

  constructor(
    placeOf: ((path: readonly PropertyKey[]) => YamlPlace) | undefined,
    overrides: readonly EnvironmentOverride[],
  ) {
    this.#placeOf = placeOf ?? (() => ({ line: 1, depth: 0 }));
    this.#overrides = overrides;
  }

  of(path: readonly string[]): KeyOrigin {
    const variable = this.#variableOf(path);
    if (variable !== undefined) return { source: 'environment', variable };
    const place = this.#placeOf(path);
    return place.depth === path.length ? { source: 'file', line: place.line } : { source: 'default' };
  }

  /** An error stands where as much of its path as there is stands: a key that is missing, at its group. */
  errorAt({ path, message }: PathMessage): ConfigError {
    const variable = this.#variableOf(path);
    const key = formatPath(path);
    if (variable !== undefined) return { path: key, message, source: 'environment', variable };
    const { line, depth } = this.#placeOf(path);
    if (depth === 0 && path.length > 0) return { path: key, message, source: 'default' };
    return { path: key, message, source: 'file', line };
  }

  #variableOf(path: readonly PropertyKey[]): string | undefined {
    return this.#overrides.find((override) => startsWith(path, override.path))?.variable;
  }
}
