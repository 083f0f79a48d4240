/** The policy in use. */
import { json, plainRoute } from './admin-route.ts';

/** `/policy`. Its lists may hold plain numbers, so that who looks at it is audited. */
export const POLICY_ROUTES = [
  plainRoute({
    method: 'get',
    path: '/api/v1/policy',
    tag: 'policy',
    summary: 'The policy in use, with its lists of senders and recipients',
    role: 'admin',
    answers: { 200: 'The policy' },
    errors: [],
    audit: () => ({ act: 'policy.view', target: '', detail: {} }),
    handle: ({ parts }) => Promise.resolve(json(parts.policy())),
  }),
];
