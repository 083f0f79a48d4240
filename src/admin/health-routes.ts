/** Whether mmsguard lives and is ready, for whatever watches it. */
import { json, plainRoute } from './admin-route.ts';

/** `/healthz` and `/readyz`. */
export const HEALTH_ROUTES = [
  plainRoute({
    method: 'get',
    path: '/healthz',
    tag: 'health',
    summary: 'Whether the process lives',
    role: 'anybody',
    answers: { 200: 'It does' },
    errors: [],
    handle: () => Promise.resolve(json({ status: 'alive' })),
  }),
  plainRoute({
    method: 'get',
    path: '/readyz',
    tag: 'health',
    summary: 'Whether messages are inspected and passed on, and whether this API needs a token',
    role: 'anybody',
    answers: { 200: 'Ready', 503: 'Not ready; the checks say why' },
    errors: [],
    handle: async ({ parts, access }) => {
      const checks = await parts.readiness();
      const isReady = checks.every((check) => check.isReady);
      return {
        kind: 'json',
        status: isReady ? 200 : 503,
        value: {
          status: isReady ? 'ready' : 'not-ready',
          access: access.isOpen ? 'loopback-without-token' : 'token',
          checks,
        },
      };
    },
  }),
];
