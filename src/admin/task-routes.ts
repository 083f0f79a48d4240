/** Tasks, and how far they are. */
import { z } from 'zod';
import { ID_PARAMS, serviceRoute, storageRoute } from './admin-route.ts';
import { apiError } from './api-error.ts';
import { listed, PAGE_SHAPE } from './page-query.ts';
import { pageAnswer, valueAnswer } from './store-answer.ts';

/** `/tasks`. */
export const TASK_ROUTES = [
  storageRoute({
    method: 'get',
    path: '/api/v1/tasks',
    tag: 'tasks',
    summary: 'Tasks, the newest first',
    role: 'viewer',
    query: z.strictObject(PAGE_SHAPE).transform((asked) => listed(asked)),
    answers: { 200: 'A page of tasks' },
    errors: ['bad-cursor'],
    handle: async ({ query: { page } }, { tasks }) => pageAnswer(await tasks.list(page)),
  }),
  storageRoute({
    method: 'get',
    path: '/api/v1/tasks/:id',
    tag: 'tasks',
    summary: 'One task, how far it is, and what came of it',
    role: 'viewer',
    params: ID_PARAMS,
    answers: { 200: 'The task' },
    errors: ['unknown'],
    handle: async ({ params: { id } }, { tasks }) => valueAnswer(await tasks.get(id), (task) => task),
  }),
  serviceRoute({
    method: 'post',
    path: '/api/v1/tasks/:id/cancel',
    tag: 'tasks',
    summary: 'Ends a task at its next record; what it has done stays done',
    role: 'analyst',
    params: ID_PARAMS,
    answers: { 202: 'The task, which is about to end' },
    errors: ['unknown', 'task-not-running'],
    audit: ({ params: { id } }) => ({ act: 'task.cancel', target: id, detail: {} }),
    handle: async ({ params: { id } }, service, { tasks }) => {
      const found = await tasks.get(id);
      if (found.kind !== 'found') return valueAnswer(found, (task) => task);
      if (!service.cancelTask(id))
        return apiError('task-not-running', { details: { state: found.value.state } });
      return { kind: 'json', status: 202, value: found.value };
    },
  }),
];
