import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { CONFIG_OUTLINE, formatPath, outlineOf, type ConfigOutline } from '../../src/app/config-keys.ts';
import { BODY_BYTES_CEILING, CONFIG_SCHEMA } from '../../src/app/config-schema.ts';

/** The outline of the items of each list of objects. */
const ITEM_OUTLINES: readonly ConfigOutline[] = CONFIG_OUTLINE.keys.flatMap(({ schema }) =>
  schema instanceof z.ZodArray && schema.element instanceof z.ZodObject ? [outlineOf(schema.element)] : [],
);
const KEYS = CONFIG_OUTLINE.keys.map((key) => [formatPath(key.path), key] as const);

describe('every key', () => {
  it.each(KEYS)('%s has a default that is valid by itself', (_, { schema, byDefault }) => {
    expect(byDefault).not.toBeUndefined();
    expect(z.safeParse(schema, byDefault)).toMatchObject({ success: true, data: byDefault });
  });

  it.each(KEYS)('%s has a help text', (_, { help }) => {
    expect(help).toMatch(/^\S.{8,}[^.\s]$/);
  });

  it.each(KEYS.filter(([, { byDefault }]) => typeof byDefault === 'number'))(
    '%s says its unit',
    (path, { help }) => {
      if (path.endsWith('.port')) return;
      expect(path).toMatch(/(Bytes|[a-z])Max$|Ms$|Mib$|Days(\.\w+)?$/);
      if (path.includes('Bytes')) expect(help).toMatch(/[Bb]ytes/);
      if (path.endsWith('Ms')) expect(help).toMatch(/^Milliseconds/);
    },
  );

  it.each(KEYS.filter(([, { byDefault }]) => typeof byDefault === 'number'))(
    '%s has both bounds',
    (_, { schema }) => {
      expect(z.safeParse(schema, Number.MAX_SAFE_INTEGER).success).toBe(false);
      expect(z.safeParse(schema, -1).success).toBe(false);
      expect(z.safeParse(schema, 2000.5).success).toBe(false);
    },
  );
});

describe('every group', () => {
  it.each(CONFIG_OUTLINE.groups.map(({ path, help }) => [formatPath(path), help]))(
    '%s has a help text',
    (_, help) => {
      expect(help).toMatch(/^\S.{8,}\.$/);
    },
  );
});

describe('the items of lists', () => {
  it('have help texts and defaults, but for what nobody can guess', () => {
    const keys = ITEM_OUTLINES.flatMap((outline) => outline.keys);
    expect(keys.filter(({ help }) => help === '')).toEqual([]);
    const required = keys.filter(
      ({ byDefault, schema }) => byDefault === undefined && !(schema instanceof z.ZodExactOptional),
    );
    expect(required.map(({ path }) => path.join('.'))).toEqual([
      ...['name', 'host', 'port'],
      'url',
      ...['path', 'namespace'],
      ...['name', 'action'],
      'name',
    ]);
  });
});

describe('the defaults', () => {
  const config = CONFIG_SCHEMA.parse({});

  it('listen on loopback only, believe nobody, and forward nothing uninspected', () => {
    expect(config.listen.host).toBe('127.0.0.1');
    expect(config.headers.trustedGateways).toEqual([]);
    expect(Object.values(config.policy.notInspected)).not.toContain('forward');
    expect(config.policy.mode).toBe('enforce');
    expect(config.headers.strip).toEqual(['x-wap-profile', 'profile']);
  });

  it('decode with the limits of the decoder', () => {
    expect(config.codec.limits).toEqual(DEFAULT_DECODE_LIMITS);
  });

  it('are the same for an empty group as for none', () => {
    const names = CONFIG_OUTLINE.groups
      .filter(({ path }) => path.length === 1)
      .map(({ path }) => path.join());
    const empty: Record<string, object> = Object.fromEntries(names.map((name) => [name, {}]));
    expect(CONFIG_SCHEMA.parse(empty)).toEqual(config);
  });
});

it('takes a body limit up to its ceiling, and refuses one byte more', () => {
  const withBody = (bodyBytesMax: number): boolean =>
    CONFIG_SCHEMA.safeParse({
      limits: { bodyBytesMax, heldBytesMax: BODY_BYTES_CEILING * 2 },
      codec: { limits: { pduBytesMax: BODY_BYTES_CEILING } },
    }).success;
  expect(withBody(BODY_BYTES_CEILING)).toBe(true);
  expect(withBody(BODY_BYTES_CEILING + 1)).toBe(false);
});
