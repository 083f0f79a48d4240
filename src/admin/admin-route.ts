/** What a route of the admin side is: one row, of which it is mounted, guarded, audited and documented. */
import { z } from 'zod';
import type { Role } from '../storage/access-tokens.ts';
import type { AuditAct } from '../storage/audit-log.ts';
import type { Access, Caller } from './access.ts';
import type { AdminParts, AdminStorage } from './admin-parts.ts';
import { apiError, type ApiError, type ApiErrorCode } from './api-error.ts';
import type { QuarantineService } from '../storage/quarantine-service.ts';
import type { RecordExporter } from './record-exporter.ts';

/** Values in the audit log. */
export type AuditDetail = AuditAct['detail'];

/** What is answered. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: 200 | 201 | 202 | 503;
      readonly value: unknown;
      /** What the audit log keeps of it, where the route is audited. */
      readonly noted?: AuditDetail;
    }
  | { readonly kind: 'text'; readonly contentType: string; readonly text: string }
  /** Octets for a file: a browser saves them, and shows none of them. */
  | {
      readonly kind: 'file';
      readonly contentType: string;
      readonly fileName: string;
      readonly bytes: Uint8Array;
    }
  | ApiError;

/** A request, as a handler gets it. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  readonly parts: AdminParts;
  readonly access: Access;
  readonly exporter: RecordExporter;
  readonly caller: Caller;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

/** What the audit log is told before the route is carried out. */
export type AuditNote = Pick<AuditAct, 'act' | 'target' | 'detail'>;

/** What a row says beside its handler. */
interface RouteFacts<Params, Query, Body> {
  readonly method: 'get' | 'post' | 'delete';
  /** With `:name` for each parameter. */
  readonly path: string;
  readonly tag: string;
  /** One sentence for the document. */
  readonly summary: string;
  /** Who may; `anybody` needs no token. */
  readonly role: Role | 'anybody';
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  /** Absent: a body must be empty, or `{}`. */
  readonly body?: z.ZodType<Body>;
  /** Status and meaning of each answer that is no error. */
  readonly answers: Readonly<Partial<Record<200 | 201 | 202 | 503, string>>>;
  /** Type of the answers; JSON where it is absent. */
  readonly answerType?: string;
  /** Errors beside those of every route. */
  readonly errors: readonly ApiErrorCode[];
  /** The role that this very request needs, where it is more than `role`. */
  roleFor?(call: Call<Params, Query, Body>): Role;
  /** What is written before it is carried out; undefined for a request that reveals and changes nothing. */
  audit?(call: Call<Params, Query, Body>): AuditNote | undefined;
}

/** A row whose handler also gets what it works with. */
export interface RouteRow<Params, Query, Body, Works extends readonly unknown[]> extends RouteFacts<
  Params,
  Query,
  Body
> {
  handle(call: Call<Params, Query, Body>, ...works: Works): Promise<Answer>;
}

/** Carries out a request. */
export type Handler = (call: Call) => Promise<Answer>;

/** A route. */
export interface Route extends RouteFacts<unknown, unknown, unknown> {
  readonly needsStorage: boolean;
  /** Its handler; undefined when it needs a storage that is not there. */
  handlerFor(parts: AdminParts): Handler | undefined;
}

/** A route that needs no storage. */
export function plainRoute<Params, Query, Body>(row: RouteRow<Params, Query, Body, []>): Route {
  return routeOf(row, false, () => []);
}

/** A route that needs the stores. */
export function storageRoute<Params, Query, Body>(
  row: RouteRow<Params, Query, Body, [storage: AdminStorage]>,
): Route {
  return routeOf(row, true, ({ storage }) => storage && [storage]);
}

/** A route that needs the acts on held messages, and the stores. */
export function serviceRoute<Params, Query, Body>(
  row: RouteRow<Params, Query, Body, [service: QuarantineService, storage: AdminStorage]>,
): Route {
  return routeOf(row, true, ({ service, storage }) => service && storage && [service, storage]);
}

function routeOf<Params, Query, Body, Works extends readonly unknown[]>(
  row: RouteRow<Params, Query, Body, Works>,
  needsStorage: boolean,
  worksOf: (parts: AdminParts) => Works | undefined,
): Route {
  const route: Omit<RouteRow<Params, Query, Body, Works>, 'handle'> = row;
  return {
    ...(route as RouteFacts<unknown, unknown, unknown>),
    needsStorage,
    handlerFor: (parts) => {
      const works = worksOf(parts);
      // What `Params`, `Query` and `Body` are was checked by the schemas of the same row.
      return works && ((call) => row.handle(call as Call<Params, Query, Body>, ...works));
    },
  };
}

/** An answer in JSON. */
export function json(value: unknown, noted?: AuditDetail): Answer {
  return { kind: 'json', status: 200, value, ...(noted !== undefined && { noted }) };
}

/** An error for a value that the schema cannot know to be wrong. */
export function badValue(key: string, message: string): ApiError {
  return apiError('bad-request', {
    message: `${key}: ${message}`,
    details: { problems: [{ key, message }] },
  });
}

/** An id of anything that is stored. */
export const ID_PARAMS = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/, 'must be an id: 1 to 64 letters, digits, _ and -'),
});
