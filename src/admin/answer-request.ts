/** What is asked of every request before its route is carried out: the only place where these steps are ordered. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { mayAs, type Access, type Caller } from './access.ts';
import type { AdminParts } from './admin-parts.ts';
import type { Answer, Call, Handler, Route } from './admin-route.ts';
import { apiError, type ApiError } from './api-error.ts';
import { audited } from './audited.ts';
import { isFromForeignPage } from './foreign-pages.ts';
import { jsonBody } from './json-body.ts';
import { parseInput } from './parse-input.ts';
import type { RecordExporter } from './record-exporter.ts';

/** What answering works with. */
export interface AnswerParts {
  readonly parts: AdminParts;
  readonly access: Access;
  readonly exporter: RecordExporter;
}

/** Tells whoever is an admin only for being on this machine that it is so. */
export const ACCESS_HEADER = 'Mmsguard-Access';

/** For routes that `anybody` may ask: nothing is audited under this name. */
const ANYBODY: Caller = { kind: 'caller', name: 'anybody', role: 'viewer' };

/** Answers one request. Rejects only for bugs. */
export async function answerRequest(
  route: Route,
  request: Request,
  response: Response,
  works: AnswerParts,
): Promise<Answer> {
  const page = { origin: request.get('origin'), fetchSite: request.get('sec-fetch-site') };
  if (isFromForeignPage(page, route.method !== 'get')) return apiError('foreign-page');
  const caller = await callerOf(route, request, works.access);
  if (caller.kind === 'error') return caller;
  if (caller.name === 'loopback') response.set(ACCESS_HEADER, 'loopback');
  const handle = route.handlerFor(works.parts);
  if (handle === undefined) return apiError('no-storage');
  const call = await readCall(route, request, response, { ...works, caller });
  if (call.kind === 'error') return call;
  return carryOut(route, handle, call);
}

async function callerOf(route: Route, request: Request, access: Access): Promise<Caller | ApiError> {
  const { role } = route;
  if (role === 'anybody') return ANYBODY;
  const caller = await access.identify({
    authorization: request.get('authorization'),
    host: request.get('host'),
    address: request.socket.remoteAddress ?? '',
  });
  if (caller.kind === 'error' || mayAs(caller.role, role)) return caller;
  return apiError('role-too-low', { details: { needed: role } });
}

interface CheckedCall extends Call {
  readonly kind: 'call';
}

/** Of a route that asks for nothing: any key is one too many. */
const NOTHING = z.strictObject({});

async function readCall(
  { method, params = NOTHING, query = NOTHING, body = NOTHING }: Route,
  request: Request,
  response: Response,
  works: AnswerParts & { readonly caller: Caller },
): Promise<CheckedCall | ApiError> {
  const inPath = parseInput(params, { ...request.params });
  if (inPath.kind === 'error') return inPath;
  const inQuery = parseInput(query, { ...request.query });
  if (inQuery.kind === 'error') return inQuery;
  const call = { ...works, kind: 'call', params: inPath.value, query: inQuery.value } as const;
  if (method === 'get') return { ...call, body: undefined };
  const reading = await jsonBody(request, response);
  if (reading.kind === 'error') return reading;
  const inBody = parseInput(body, reading.value);
  return inBody.kind === 'error' ? inBody : { ...call, body: inBody.value };
}

async function carryOut(route: Route, handle: Handler, call: Call): Promise<Answer> {
  const { parts, caller } = call;
  const needed = route.roleFor?.(call) ?? 'viewer';
  if (!mayAs(caller.role, needed)) return apiError('role-too-low', { details: { needed } });
  const note = route.audit?.(call);
  const audit = parts.storage?.audit;
  if (note === undefined || audit === undefined) return handle(call);
  return audited(note, () => handle(call), { ...parts, audit, caller });
}
