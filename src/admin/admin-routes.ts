/** Every route of the admin side. */
import { AUDIT_ROUTES } from './audit-routes.ts';
import { json, plainRoute, type Route } from './admin-route.ts';
import { HEALTH_ROUTES } from './health-routes.ts';
import { MESSAGE_ROUTES } from './message-routes.ts';
import { METRICS_ROUTES } from './metrics-routes.ts';
import { openApiDocument } from './openapi.ts';
import { POLICY_ROUTES } from './policy-routes.ts';
import { QUARANTINE_BULK_ROUTES } from './quarantine-bulk-routes.ts';
import { QUARANTINE_ROUTES } from './quarantine-routes.ts';
import { RULES_ROUTES } from './rules-routes.ts';
import { SENDER_ROUTES } from './sender-routes.ts';
import { TASK_ROUTES } from './task-routes.ts';
import { TOKEN_ROUTES } from './token-routes.ts';

const DOCUMENT_ROUTE = plainRoute({
  method: 'get',
  path: '/api/v1/openapi.json',
  tag: 'openapi',
  summary: 'This document',
  role: 'viewer',
  answers: { 200: 'An OpenAPI document' },
  errors: [],
  handle: () => Promise.resolve(json(openApiDocument(ADMIN_ROUTES))),
});

/** In the order in which they are tried. */
export const ADMIN_ROUTES: readonly Route[] = [
  ...HEALTH_ROUTES,
  ...METRICS_ROUTES,
  ...RULES_ROUTES,
  ...POLICY_ROUTES,
  ...QUARANTINE_BULK_ROUTES,
  ...QUARANTINE_ROUTES,
  ...TASK_ROUTES,
  ...MESSAGE_ROUTES,
  ...SENDER_ROUTES,
  ...TOKEN_ROUTES,
  ...AUDIT_ROUTES,
  DOCUMENT_ROUTE,
];
