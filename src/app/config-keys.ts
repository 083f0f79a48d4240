import { z } from 'zod';
import { CONFIG_SCHEMA } from './config-schema.ts';

/** One key of the configuration that has a value of its own. */
export interface ConfigKey {
  readonly path: readonly string[];
  /** Help text, with the unit where there is one. */
  readonly help: string;
  /** The value without file and environment; undefined where a list item must give one. */
  readonly byDefault: unknown;
  /** The environment variable that overrides it. */
  readonly environmentName: string;
  /** What the value must be, default taken off. */
  readonly schema: z.core.$ZodType;
}

/** A key that holds other keys. */
export interface ConfigGroup {
  readonly path: readonly string[];
  readonly help: string;
}

/** Groups and keys of a schema, in its order, each group before its keys. */
export interface ConfigOutline {
  readonly groups: readonly ConfigGroup[];
  readonly keys: readonly ConfigKey[];
}

/** What every environment variable of mmsguard starts with. */
export const ENVIRONMENT_PREFIX = 'MMSGUARD_';

/** `limits.bodyBytesMax` → `MMSGUARD_LIMITS_BODY_BYTES_MAX`; a hyphen is a word's end, too. */
export function environmentNameOf(path: readonly string[]): string {
  const words = path.map((key) =>
    key
      .replace(/[A-Z]/g, (capital) => `_${capital}`)
      .replaceAll('-', '_')
      .toUpperCase(),
  );
  return ENVIRONMENT_PREFIX + words.join('_');
}

/** `['allowedMmscs', 0, 'url']` → `allowedMmscs[0].url`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}

/** Lists what a schema of strict objects holds. Lists are keys: their items are not walked. */
export function outlineOf(schema: z.ZodObject, path: readonly string[] = []): ConfigOutline {
  const groups: ConfigGroup[] = [];
  const keys: ConfigKey[] = [];
  for (const [name, outer] of Object.entries<z.core.$ZodType>(schema.shape)) {
    const keyPath = [...path, name];
    const { inner, help, byDefault } = unwrapped(outer);
    if (!(inner instanceof z.ZodObject)) {
      keys.push({
        path: keyPath,
        help,
        byDefault,
        environmentName: environmentNameOf(keyPath),
        schema: inner,
      });
      continue;
    }
    const nested = outlineOf(inner, keyPath);
    groups.push({ path: keyPath, help }, ...nested.groups);
    keys.push(...nested.keys);
  }
  return { groups, keys };
}

/** Takes default and pre-fault off, and finds the help text on the way. */
function unwrapped(schema: z.core.$ZodType): {
  readonly inner: z.core.$ZodType;
  readonly help: string;
  readonly byDefault: unknown;
} {
  const help = z.globalRegistry.get(schema)?.description ?? '';
  if (schema instanceof z.ZodDefault) {
    return { inner: schema.unwrap(), help, byDefault: schema.def.defaultValue };
  }
  if (schema instanceof z.ZodPrefault) return { inner: schema.unwrap(), help, byDefault: undefined };
  return { inner: schema, help, byDefault: undefined };
}

/** Groups and keys of the configuration. */
export const CONFIG_OUTLINE: ConfigOutline = outlineOf(CONFIG_SCHEMA);
