/** The rules in use. */
import { json, plainRoute } from './admin-route.ts';
import { apiError } from './api-error.ts';

/** `/rules` and `/rules/reload`. How often each rule matched is among the metrics, and among the counts of messages. */
export const RULES_ROUTES = [
  plainRoute({
    method: 'get',
    path: '/api/v1/rules',
    tag: 'rules',
    summary: 'The rule set in use, and what of it was left out',
    role: 'viewer',
    answers: { 200: 'The rules' },
    errors: [],
    handle: ({ parts }) => Promise.resolve(json(parts.rules())),
  }),
  plainRoute({
    method: 'post',
    path: '/api/v1/rules/reload',
    tag: 'rules',
    summary: 'Loads the rules again; a set that is broken is refused, and the one before stays',
    role: 'admin',
    answers: { 200: 'The set in use now' },
    errors: ['rules-refused'],
    audit: () => ({ act: 'rules.reload', target: '', detail: {} }),
    handle: async ({ parts }) => {
      const answer = await parts.reloadRules();
      if (answer.kind !== 'refused') return json(answer, { digest: answer.digest });
      return apiError('rules-refused', { details: { problems: answer.problems } });
    },
  }),
];
