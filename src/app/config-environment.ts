import { z } from 'zod';
import type { ConfigError } from './config-error.ts';
import { CONFIG_OUTLINE, ENVIRONMENT_PREFIX, formatPath, type ConfigKey } from './config-keys.ts';
import { readYaml } from './config-yaml.ts';
import { nearest } from './nearest.ts';

/** The variable that names the configuration file. */
export const CONFIG_FILE_VARIABLE = 'MMSGUARD_CONFIG';

/** The variables that commands which ask a running mmsguard find it, and open it, by. */
export const ADMIN_VARIABLES = { url: 'MMSGUARD_ADMIN_URL', token: 'MMSGUARD_ADMIN_TOKEN' } as const;

/** The variable with the keys of the storage, where no file with them is named. */
export const KEYS_VARIABLE = 'MMSGUARD_KEYS';

/** Variables that are no keys of the configuration. */
const OTHER_VARIABLES: ReadonlySet<string> = new Set([
  CONFIG_FILE_VARIABLE,
  KEYS_VARIABLE,
  ...Object.values(ADMIN_VARIABLES),
]);

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A key that the environment sets. */
export interface EnvironmentOverride {
  readonly path: readonly string[];
  readonly variable: string;
  readonly value: unknown;
}

const KEYS_BY_VARIABLE: ReadonlyMap<string, ConfigKey> = new Map(
  CONFIG_OUTLINE.keys.map((key) => [key.environmentName, key]),
);
/** What follows the prefix in every variable that there is. */
const SUFFIXES: readonly string[] = [...OTHER_VARIABLES, ...KEYS_BY_VARIABLE.keys()].map(suffixOf);

/**
 * Finds the overrides among the variables. A text key takes its variable as it is (empty for none); every other key is
 * read as YAML, so `[a, b]` is a list. A variable that starts like ours and is unknown is an error: a typing mistake
 * must not leave a limit unset. Pure, never throws.
 */
export function readEnvironment(environment: Environment): {
  readonly overrides: readonly EnvironmentOverride[];
  readonly errors: readonly ConfigError[];
} {
  const overrides: EnvironmentOverride[] = [];
  const errors: ConfigError[] = [];
  for (const [variable, text] of Object.entries(environment)) {
    if (text === undefined || !variable.startsWith(ENVIRONMENT_PREFIX)) continue;
    if (OTHER_VARIABLES.has(variable)) continue;
    const key = KEYS_BY_VARIABLE.get(variable);
    if (key === undefined) {
      errors.push({ path: '', message: unknownMessage(variable), source: 'environment', variable });
      continue;
    }
    const reading = readValue(key, text);
    if (reading.ok) overrides.push({ path: key.path, variable, value: reading.value });
    else
      errors.push({ path: formatPath(key.path), message: reading.message, source: 'environment', variable });
  }
  return { overrides, errors };
}

function unknownMessage(variable: string): string {
  const near = nearest(suffixOf(variable), SUFFIXES);
  return near === undefined
    ? 'unknown variable'
    : `unknown variable; did you mean ${ENVIRONMENT_PREFIX}${near}?`;
}

function suffixOf(variable: string): string {
  return variable.slice(ENVIRONMENT_PREFIX.length);
}

type ValueReading =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function readValue(key: ConfigKey, text: string): ValueReading {
  const isNullable = key.schema instanceof z.ZodNullable;
  const schema = isNullable ? key.schema.unwrap() : key.schema;
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) {
    return { ok: true, value: isNullable && text === '' ? null : text };
  }
  const reading = readYaml(text);
  if (reading.ok) return { ok: true, value: reading.value };
  return { ok: false, message: `cannot be read as YAML: ${reading.errors[0]?.message ?? ''}` };
}
