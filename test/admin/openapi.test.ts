import { describe, expect, it } from 'vitest';
import { ADMIN_ROUTES } from '../../src/admin/admin-routes.ts';
import { API_ERRORS } from '../../src/admin/api-error.ts';
import { errorCodes, openApiDocument } from '../../src/admin/openapi.ts';
import { startAdminRig } from '../support/admin-rig.ts';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const METHODS = ['get', 'post', 'delete'] as const;
const DOCUMENT = openApiDocument(ADMIN_ROUTES) as unknown as OpenApi;
const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Whether a path of the document also answers for another one: `release` could be an id. */
function isLike(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

describe('the document', () => {
  it('is served as it is made of the routes', async () => {
    const { api } = await startAdminRig();
    expect((await api('/openapi.json', { as: 'viewer' })).json).toEqual(JSON.parse(JSON.stringify(DOCUMENT)));
    expect(DOCUMENT.openapi).toMatch(/^3\.1\./);
  });

  it('has every route once', () => {
    expect(OPERATIONS).toHaveLength(ADMIN_ROUTES.length);
    expect(new Set(OPERATIONS.map(({ operation }) => operation.operationId)).size).toBe(ADMIN_ROUTES.length);
  });

  it('is what the server answers: each path and method in it, and no other method', async () => {
    const { ask } = await startAdminRig();
    for (const path of Object.keys(DOCUMENT.paths)) {
      for (const method of METHODS) {
        const { code } = await ask(path.replace(/\{\w+\}/g, 'none'), {
          method: method.toUpperCase(),
          as: 'admin',
        });
        const isDocumented = OPERATIONS.some((row) => row.method === method && isLike(row.path, path));
        expect([path, method, code !== 'not-found']).toEqual([path, method, isDocumented]);
      }
    }
  });

  it('says of each route whether it needs a token, as the server does', async () => {
    const { ask } = await startAdminRig();
    for (const { path, method, operation } of OPERATIONS) {
      const { code } = await ask(path.replace(/\{\w+\}/g, 'none'), { method: method.toUpperCase() });
      expect([path, code === 'token-missing']).toEqual([path, operation.security === undefined]);
    }
  });

  it.each(OPERATIONS)('has the parameters of $method $path', ({ path, operation }) => {
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    expect(inPath.every(({ required }) => required)).toBe(true);
    const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
    expect(inQuery.every(({ required }) => !required)).toBe(true);
  });

  it('has what a body must hold', () => {
    const release = DOCUMENT.paths['/api/v1/quarantine/{id}/release']?.['post'];
    expect(release?.requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      properties: { why: { type: 'string' }, force: { type: 'boolean', default: false } },
      required: ['why'],
      additionalProperties: false,
    });
  });

  it('has every error of every route', () => {
    for (const route of ADMIN_ROUTES) {
      const { responses } = DOCUMENT.paths[route.path.replace(/:(\w+)/g, '{$1}')]![route.method]!;
      for (const code of errorCodes(route)) {
        expect(responses[API_ERRORS[code].status]?.description).toContain(`${code}: `);
      }
    }
  });
});
