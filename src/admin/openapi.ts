/** The OpenAPI document, made of the rows that the routes are mounted of. */
import { z } from 'zod';
import { API_ERRORS, type ApiErrorCode } from './api-error.ts';
import type { Route } from './admin-route.ts';

type Json = Readonly<Record<string, unknown>>;

/** Errors that the guards before each handler answer, by what they guard. */
const ERRORS_OF_ALL: readonly ApiErrorCode[] = ['bad-request', 'bad-path', 'foreign-page', 'internal-error'];
const ERRORS_OF_ACCESS: readonly ApiErrorCode[] = [
  'token-missing',
  'token-invalid',
  'foreign-host',
  'role-too-low',
  'too-many-failures',
  'unavailable',
  'timeout',
  'closed',
];
const ERRORS_OF_BODY: readonly ApiErrorCode[] = ['bad-json', 'body-too-large', 'not-json'];
const ERRORS_OF_AUDIT: readonly ApiErrorCode[] = ['audit-unavailable'];
const ERRORS_OF_STORAGE: readonly ApiErrorCode[] = ['no-storage'];

/** The document (OpenAPI 3.1.1) of these routes. */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'mmsguard admin API',
      version: '1',
      description:
        'Times in answers are Unix milliseconds. Numbers appear as keyed pseudonyms, but for the role analyst. ' +
        'What changes or reveals something is written to the audit log before it is done.',
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'mmsguard_…' } },
      schemas: { Error: ERROR_SCHEMA },
    },
  };
}

const ERROR_SCHEMA: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: Object.keys(API_ERRORS) },
        message: { type: 'string' },
        details: { type: 'object' },
      },
    },
  },
};

function operationOf(route: Route): Json {
  const { method, path, tag, summary, role, params, query, body } = route;
  return {
    operationId: `${method} ${path}`,
    tags: [tag],
    summary,
    description: role === 'anybody' ? 'Needs no token.' : `Needs the role ${role}.`,
    ...(role === 'anybody' && { security: [] }),
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body !== undefined && {
      requestBody: { content: { 'application/json': { schema: schemaOf(body) } } },
    }),
    responses: { ...answersOf(route), ...errorsOf(errorCodes(route)) },
  };
}

/** Every error that a route can answer. */
export function errorCodes(route: Route): readonly ApiErrorCode[] {
  const { method, role, needsStorage, errors } = route;
  return [
    ...ERRORS_OF_ALL,
    ...(role === 'anybody' ? [] : ERRORS_OF_ACCESS),
    ...(method === 'get' ? [] : ERRORS_OF_BODY),
    ...(route.audit === undefined ? [] : ERRORS_OF_AUDIT),
    ...(needsStorage ? ERRORS_OF_STORAGE : []),
    ...errors,
  ];
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** What the JSON Schema of an object has. */
interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}

function schemaOf(schema: z.ZodType): ObjectSchema {
  return z.toJSONSchema(schema, { io: 'input' }) as ObjectSchema;
}

function answersOf({ answers, answerType = 'application/json' }: Route): Json {
  const schema = answerType === 'application/json' ? { type: 'object' } : { type: 'string' };
  return Object.fromEntries(
    Object.entries(answers).map(([status, description]) => [
      status,
      { description, content: { [answerType]: { schema } } },
    ]),
  );
}

/** One response for each status, with the codes that it is for. */
function errorsOf(codes: readonly ApiErrorCode[]): Json {
  const byStatus = Map.groupBy(new Set(codes), (code) => API_ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${code}: ${API_ERRORS[code].message}`).join('\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}
