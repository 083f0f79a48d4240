/** Acts on many stopped messages: each is a task, and answered before it is done. */
import { z } from 'zod';
import type { StoreFailure } from '../storage/quarantine-store.ts';
import type { Task } from '../storage/task-list.ts';
import { serviceRoute, type Answer } from './admin-route.ts';
import { storeError } from './api-error.ts';
import { lineOfText, WHY } from './page-query.ts';
import { auditedFilter, RECORD_FILTER } from './record-filter.ts';

/** Characters of the name of a folder with rules. */
const FOLDER_CHARACTERS_MAX = 64;

const FILTER = RECORD_FILTER.describe('Those that are held and fit; {} is all of them');

/** Bulk release and deletion, and the hunt. */
export const QUARANTINE_BULK_ROUTES = [
  serviceRoute({
    method: 'post',
    path: '/api/v1/quarantine/release',
    tag: 'quarantine',
    summary: 'Releases all that fit: with a reason and a time this undoes a rule',
    role: 'analyst',
    body: z.strictObject({
      filter: FILTER,
      why: WHY,
      force: z.boolean().default(false).describe('Although the rules of now would stop them; needs admin'),
    }),
    answers: { 202: 'The task' },
    errors: [],
    roleFor: ({ body: { force } }) => (force ? 'admin' : 'analyst'),
    audit: ({ body: { filter, why, force } }) => ({
      act: 'quarantine.release-all',
      target: '',
      detail: { ...auditedFilter(filter), why, force },
    }),
    handle: async ({ parts, caller, body: { filter, why, force } }, service) =>
      taskAnswer(await service.releaseAll(filter, { atMs: parts.now(), by: caller.name, why, force })),
  }),
  serviceRoute({
    method: 'post',
    path: '/api/v1/quarantine/delete',
    tag: 'quarantine',
    summary: 'Wipes the content of all that fit',
    role: 'analyst',
    body: z.strictObject({ filter: FILTER, why: WHY }),
    answers: { 202: 'The task' },
    errors: [],
    audit: ({ body: { filter, why } }) => ({
      act: 'quarantine.delete-all',
      target: '',
      detail: { ...auditedFilter(filter), why },
    }),
    handle: async ({ parts, caller, body: { filter, why } }, service) =>
      taskAnswer(await service.deleteAll(filter, { atMs: parts.now(), by: caller.name, why })),
  }),
  serviceRoute({
    method: 'post',
    path: '/api/v1/quarantine/hunt',
    tag: 'quarantine',
    summary: 'Scans all that fit with the rules of now, and tells of which the verdict has changed',
    role: 'analyst',
    body: z.strictObject({
      filter: FILTER,
      why: WHY,
      rules: lineOfText(FOLDER_CHARACTERS_MAX)
        .exactOptional()
        .describe('Name of a folder on the server whose rules are tried as well'),
    }),
    answers: { 202: 'The task' },
    errors: [],
    audit: ({ body: { filter, ...rest } }) => ({
      act: 'quarantine.hunt',
      target: '',
      detail: { ...auditedFilter(filter), ...rest },
    }),
    handle: async ({ parts, caller, body: { filter, ...rest } }, service) =>
      taskAnswer(await service.hunt(filter, { ...rest, atMs: parts.now(), by: caller.name })),
  }),
];

function taskAnswer(task: Task | StoreFailure): Answer {
  if (task.kind === 'failed') return storeError(task);
  return { kind: 'json', status: 202, value: task, noted: { task: task.id } };
}
