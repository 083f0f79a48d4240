import type { z } from 'zod';
import { nearest } from './nearest.ts';

/** Where the value of a key came from. */
export type ConfigSource = 'default' | 'file' | 'environment';

/** One thing that is wrong with a configuration. */
export interface ConfigError {
  /** The key, as `limits.bodyBytesMax` or `allowedMmscs[0].url`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly source: ConfigSource;
  /** Line of the file, from 1. */
  readonly line?: number;
  /** The environment variable, where that is the source. */
  readonly variable?: string;
}

/** One error line: `mmsguard.yaml:12: limits.bodyBytesMax: …`. */
export function formatConfigError(error: ConfigError, fileName: string | undefined): string {
  const place = {
    default: 'default',
    file: `${fileName ?? 'file'}${error.line === undefined ? '' : `:${error.line}`}`,
    environment: error.variable ?? 'environment',
  }[error.source];
  return [place, error.path, error.message].filter((text) => text !== '').join(': ');
}

/** A path and what is wrong there. */
export interface PathMessage {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Flattens what zod found: one entry for each unknown key, and of a union the reason of the nearest alternative. */
export function messagesOf(
  issues: readonly z.core.$ZodIssue[],
  knownKeys: KnownKeys,
): readonly PathMessage[] {
  return issues.flatMap((issue) => messagesOfIssue(issue, knownKeys));
}

/** The keys that may stand in the group at a path. */
export type KnownKeys = (groupPath: readonly PropertyKey[]) => readonly string[];

function messagesOfIssue(issue: z.core.$ZodIssue, knownKeys: KnownKeys): readonly PathMessage[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `unknown key${suggestion(key, knownKeys(issue.path))}`,
    }));
  }
  const inner = issue.code === 'invalid_union' ? issue.errors.find(reachesInside) : undefined;
  if (inner === undefined) return [{ path: issue.path, message: issue.message }];
  return messagesOf(inner, knownKeys).map(({ path, message }) => ({
    path: [...issue.path, ...path],
    message,
  }));
}

/** An alternative that failed only at items of the value, so the value as a whole was of its kind. */
function reachesInside(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every(({ path }) => path.length > 0);
}

/** `; did you mean …?`, or nothing when no known name is near. */
export function suggestion(name: string, knownNames: readonly string[]): string {
  const near = nearest(name, knownNames);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
