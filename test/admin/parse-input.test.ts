import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseInput, PROBLEMS_MAX } from '../../src/admin/parse-input.ts';

const SCHEMA = z.strictObject({
  why: z.string(),
  filter: z.strictObject({ state: z.enum(['held']).optional() }),
});

const keysOf = (value: unknown, schema: z.ZodType = SCHEMA): unknown => {
  const parsed = parseInput(schema, value);
  return parsed.kind === 'error'
    ? (parsed.details?.['problems'] as { key: string }[]).map(({ key }) => key)
    : [];
};

describe('what a request says', () => {
  it('is taken when it fits', () => {
    const value = { why: 'w', filter: { state: 'held' } };
    expect(parseInput(SCHEMA, value)).toEqual({ kind: 'parsed', value });
  });

  it.each([
    [{ filter: {} }, ['why']],
    [{ why: 1, filter: {} }, ['why']],
    [{ why: 'w', filter: { state: 'gone' } }, ['filter.state']],
    [{ why: 'w', filter: {}, a: 1, b: 2 }, ['a', 'b']],
    [{ why: 'w', filter: { c: 1 } }, ['filter.c']],
    ['text', ['']],
    [null, ['']],
    [[], ['']],
  ])('is refused with the key: %j', (value, keys) => {
    expect(keysOf(value)).toEqual(keys);
  });

  it.each([
    [PROBLEMS_MAX, PROBLEMS_MAX],
    [PROBLEMS_MAX + 1, PROBLEMS_MAX],
  ])('with %i problems tells %i', (count, told) => {
    const value = Object.fromEntries(Array.from({ length: count }, (_, key) => [`k${key}`, 1]));
    expect(keysOf(value, z.strictObject({}))).toHaveLength(told);
  });

  it('is not told back, and a key of it only in part', () => {
    const error = parseInput(SCHEMA, { why: 1, filter: { state: 'SECRET' }, ['k'.repeat(5000)]: 1 });
    expect(JSON.stringify(error)).not.toContain('SECRET');
    expect(JSON.stringify(error).length).toBeLessThan(1000);
  });
});
