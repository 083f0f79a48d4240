/** Answers made of what the stores say. */
import type { Page, StoreResult } from '../storage/quarantine-store.ts';
import { json, type Answer } from './admin-route.ts';
import { apiError, storeError } from './api-error.ts';

/** A page of a list; a list is unknown only by a cursor that it never gave. */
export function pageAnswer(result: StoreResult<Page<unknown>>): Answer {
  if (result.kind === 'unknown') return apiError('bad-cursor');
  return valueAnswer(result, (page) => page);
}

/** A value as it is shown. */
export function valueAnswer<T>(result: StoreResult<T>, shown: (value: T) => unknown): Answer {
  switch (result.kind) {
    case 'found':
      return json(shown(result.value));
    case 'unknown':
      return apiError('unknown');
    case 'failed':
      return storeError(result);
  }
}
