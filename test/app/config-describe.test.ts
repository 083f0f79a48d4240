import { describe, expect, it } from 'vitest';
import { configJsonSchema, showConfig } from '../../src/app/config-describe.ts';
import { CONFIG_OUTLINE } from '../../src/app/config-keys.ts';
import { readConfig } from '../../src/app/config-load.ts';
import { CONFIG_SCHEMA } from '../../src/app/config-schema.ts';

function shown(file: string, environment: Record<string, string> = {}): string {
  const result = readConfig(file, environment);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return showConfig(result.config, result.originOf);
}

describe('the configuration that is shown', () => {
  it('is a configuration file that means the same', () => {
    const file = `
      listen: {port: 9, host: '::'}
      texts: {refused: 'yes: no # "quoted"'}
      allowedMmscs: [{url: 'http://a/'}, {url: 'https://b/', connectTo: '10.0.0.1:1'}]
      codec: {tolerate: [uri-space]}`;
    const before = readConfig(file, { MMSGUARD_LOG_LEVEL: 'warn' });
    const after = readConfig(shown(file, { MMSGUARD_LOG_LEVEL: 'warn' }), {});
    expect(after.ok && before.ok && after.config).toEqual(before.ok && before.config);
  });

  it('has the help text and the variable of every key', () => {
    const text = shown('').replaceAll(/\n *# ?/g, ' ');
    for (const { help, environmentName } of CONFIG_OUTLINE.keys) {
      expect(text).toContain(` ${help} (default; ${environmentName})`);
    }
    for (const { help } of CONFIG_OUTLINE.groups) expect(text).toContain(` ${help}`);
  });

  it('says where each value comes from', () => {
    const lines = shown('log:\n  level: warn', { MMSGUARD_LISTEN_PORT: '1' }).split('\n');
    const above = (line: string): string | undefined => lines[lines.indexOf(line) - 1];
    expect(above('  level: warn')).toBe('  # (file, line 2; MMSGUARD_LOG_LEVEL)');
    expect(above('  port: 1')).toBe('  # (environment; MMSGUARD_LISTEN_PORT)');
    expect(above('  destination: stdout')).toBe('  # (default; MMSGUARD_LOG_DESTINATION)');
  });

  it('folds long help texts', () => {
    expect(
      Math.max(
        ...shown('')
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(104);
  });
});

describe('the JSON Schema', () => {
  interface JsonSchema {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly additionalProperties?: boolean;
    readonly description?: string;
    readonly default?: unknown;
    readonly required?: readonly string[];
  }
  const schema = JSON.parse(configJsonSchema()) as JsonSchema;
  const at = (path: readonly string[]): JsonSchema | undefined =>
    path.reduce<JsonSchema | undefined>((inner, key) => inner?.properties?.[key], schema);

  it('has default and help text of every key', () => {
    for (const { path, help, byDefault } of CONFIG_OUTLINE.keys) {
      expect(at(path)).toMatchObject({ description: help, default: byDefault });
    }
  });

  it('requires nothing and refuses unknown keys', () => {
    for (const path of [[], ...CONFIG_OUTLINE.groups.map((group) => group.path)]) {
      expect(at(path)).toMatchObject({ additionalProperties: false });
      expect(at(path)?.required ?? []).toEqual([]);
    }
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(CONFIG_SCHEMA.shape));
  });
});
