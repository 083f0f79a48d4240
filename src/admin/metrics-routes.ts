/** The metrics, for Prometheus. */
import { plainRoute } from './admin-route.ts';

/** `/metrics`. */
export const METRICS_ROUTES = [
  plainRoute({
    method: 'get',
    path: '/metrics',
    tag: 'metrics',
    summary: 'Metrics in the text format of Prometheus',
    role: 'anybody',
    answers: { 200: 'The metrics' },
    answerType: 'text/plain',
    errors: [],
    handle: async ({ parts }) => ({ kind: 'text', ...(await parts.metrics()) }),
  }),
];
