/** The tokens that open this API. */
import { z } from 'zod';
import { ROLES, TOKEN_NAME } from '../storage/access-tokens.ts';
import { RESERVED_NAMES } from './access.ts';
import { badValue, ID_PARAMS, json, storageRoute } from './admin-route.ts';
import { apiError, storeError } from './api-error.ts';
import { TIME } from './page-query.ts';
import { valueAnswer } from './store-answer.ts';

const RESERVED: ReadonlySet<string> = new Set(RESERVED_NAMES);

const NAME = z
  .string()
  .regex(
    TOKEN_NAME,
    'must be up to 64 letters, digits, spaces and . _ @ -, of which a letter or digit is the first',
  )
  .refine((name) => !RESERVED.has(name.toLowerCase()), 'the audit log has this name for others')
  .describe('Of the person or program: the audit log names it');

/** `/tokens`. */
export const TOKEN_ROUTES = [
  storageRoute({
    method: 'get',
    path: '/api/v1/tokens',
    tag: 'tokens',
    summary: 'All tokens that were ever made, without their texts',
    role: 'admin',
    answers: { 200: 'The tokens' },
    errors: [],
    handle: async (_call, { tokens }) => valueAnswer(await tokens.list(), (items) => ({ items })),
  }),
  storageRoute({
    method: 'post',
    path: '/api/v1/tokens',
    tag: 'tokens',
    summary: 'Makes a token; its text is told only now. With the first one, loopback stops being open',
    role: 'admin',
    body: z.strictObject({
      name: NAME,
      role: z.enum(ROLES),
      expiresAt: TIME.exactOptional().describe('When it runs out; absent: never'),
    }),
    answers: { 201: 'The token with its text' },
    errors: ['name-taken'],
    audit: ({ body: { name, role } }) => ({ act: 'token.create', target: '', detail: { name, role } }),
    handle: async ({ parts, caller, body: { name, role, expiresAt } }, { tokens }) => {
      const atMs = parts.now();
      if (expiresAt !== undefined && expiresAt <= atMs) return badValue('expiresAt', 'must be in the future');
      const result = await tokens.create({
        ...{ name, role, by: caller.name, atMs },
        ...(expiresAt !== undefined && { expiresAtMs: expiresAt }),
      });
      switch (result.kind) {
        case 'created':
          return { kind: 'json', status: 201, value: result.token, noted: { id: result.token.id } };
        case 'name-taken':
          return apiError('name-taken');
        case 'failed':
          return storeError(result);
      }
    },
  }),
  storageRoute({
    method: 'delete',
    path: '/api/v1/tokens/:id',
    tag: 'tokens',
    summary: 'Revokes a token, from the next request on',
    role: 'admin',
    params: ID_PARAMS,
    answers: { 200: 'It is revoked' },
    errors: ['unknown'],
    audit: ({ params: { id } }) => ({ act: 'token.revoke', target: id, detail: {} }),
    handle: async ({ parts, params: { id } }, { tokens }) => {
      const result = await tokens.revoke(id, parts.now());
      switch (result.kind) {
        case 'done':
          return json({ kind: 'done' });
        case 'unknown':
          return apiError('unknown');
        case 'failed':
          return storeError(result);
      }
    },
  }),
];
