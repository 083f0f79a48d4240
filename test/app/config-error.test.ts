import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatConfigError, messagesOf, suggestion } from '../../src/app/config-error.ts';

describe('an error line', () => {
  it.each([
    [{ path: 'a.b', message: 'm', source: 'file', line: 12 } as const, 'x.yaml', 'x.yaml:12: a.b: m'],
    [{ path: '', message: 'm', source: 'file' } as const, 'x.yaml', 'x.yaml: m'],
    [{ path: 'a', message: 'm', source: 'file', line: 1 } as const, undefined, 'file:1: a: m'],
    [{ path: 'a', message: 'm', source: 'environment', variable: 'V' } as const, 'x.yaml', 'V: a: m'],
    [{ path: '', message: 'm', source: 'environment', variable: 'V' } as const, undefined, 'V: m'],
    [{ path: 'a', message: 'm', source: 'default' } as const, 'x.yaml', 'default: a: m'],
  ])('%j', (error, file, line) => {
    expect(formatConfigError(error, file)).toBe(line);
  });
});

describe('a suggestion', () => {
  it('is made when a known name is near', () => {
    expect(suggestion('prot', ['host', 'port'])).toBe('; did you mean port?');
    expect(suggestion('entirely other', ['host', 'port'])).toBe('');
  });
});

describe('what zod found', () => {
  const schema = z.strictObject({
    list: z.union([z.enum(['all', 'none']), z.array(z.enum(['a', 'b']))], { error: 'all, none or a list' }),
    number: z.int().default(1),
  });
  const found = (value: unknown): unknown => {
    const paths: unknown[] = [];
    const knownKeys = (path: readonly PropertyKey[]): readonly string[] => {
      paths.push(path);
      return ['list', 'number'];
    };
    const messages = messagesOf(schema.safeParse(value).error?.issues ?? [], knownKeys);
    return messages.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  it('is one message for each unknown key', () => {
    expect(found({ list: 'all', nmber: 1, other: 2 })).toEqual([
      'nmber: unknown key; did you mean number?',
      'other: unknown key',
    ]);
  });

  it('tells of the item when the value was a list', () => {
    expect(found({ list: ['a', 'c'] })).toEqual(['list.1: Invalid option: expected one of "a"|"b"']);
  });

  it('tells of the alternatives when the value was none of them', () => {
    expect(found({ list: 7 })).toEqual(['list: all, none or a list']);
  });
});
