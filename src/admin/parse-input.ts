/** Checks what a request says against the schemas of its route. */
import type { z } from 'zod';
import { apiError, type ApiError } from './api-error.ts';

/** Problems of one request that are told. */
export const PROBLEMS_MAX = 10;

/** Characters of a key that is not known, as it is told. */
const KEY_CHARACTERS_MAX = 64;

/** A checked value, or what is wrong with it. */
export type Parsed = { readonly kind: 'parsed'; readonly value: unknown } | ApiError;

/** Checks one value. Without a schema nothing is asked for, so that there must be no key. No value is ever told back. */
export function parseInput(schema: z.ZodType, value: unknown): Parsed {
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'parsed', value: result.data };
  const problems = result.error.issues.flatMap(problemsOf).slice(0, PROBLEMS_MAX);
  const message = problems.map(({ key, message: text }) => `${key}: ${text}`).join('; ');
  return apiError('bad-request', { message, details: { problems } });
}

interface Problem {
  /** Keys on the way to it, with dots; '' for the whole. */
  readonly key: string;
  readonly message: string;
}

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ key: path.join('.'), message: issue.message }];
  return issue.keys
    .slice(0, PROBLEMS_MAX)
    .map((key) => [...path, key.slice(0, KEY_CHARACTERS_MAX)].join('.'))
    .map((key) => ({ key, message: 'there is no such key' }));
}
