/** A running admin side and somebody who asks it. */
import { expect, onTestFinished, vi } from 'vitest';
import { ACCESS_LIMITS } from '../../src/admin/access-failures.ts';
import { ADMIN_ROUTES } from '../../src/admin/admin-routes.ts';
import { startAdmin, type AdminParts } from '../../src/admin/admin-server.ts';
import { errorCodes } from '../../src/admin/openapi.ts';
import type { QuarantineService } from '../../src/storage/quarantine-service.ts';
import { ROLES, type Role } from '../../src/storage/access-tokens.ts';
import type { AuditEntry } from '../../src/storage/audit-log.ts';
import type { StoreFailure } from '../../src/storage/quarantine-store.ts';
import { openTestStorage, type TestStorage } from './admin-storage.ts';
import { policyOf } from './policies.ts';

/** When it is in these tests. */
export const NOW_MS = Date.UTC(2026, 10, 25, 12);

/** What every failing store says. */
export const STORE_FAILURE: StoreFailure = { kind: 'failed', code: 'unavailable', detail: 'told to fail' };

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
  /** Code of the error; undefined when it is none. */
  readonly code: string | undefined;
}

/** What is asked. */
export interface Asking {
  readonly method?: string;
  /** Whose token; undefined: nobody's. */
  readonly as?: Role | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Parts that show something and do nothing. */
export function adminParts(changes: Partial<AdminParts> = {}): AdminParts {
  return {
    readiness: () => Promise.resolve([{ name: 'rules', isReady: true, detail: '1 of 1' }]),
    metrics: () => Promise.resolve({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    rules: () => ({ digest: 'd', rules: [], skipped: [] }),
    reloadRules: () => Promise.resolve({ kind: 'loaded', digest: 'e', rules: 2 }),
    policy: () => policyOf(),
    access: ACCESS_LIMITS,
    now: () => NOW_MS,
    onError: (error) => {
      throw error;
    },
    onUnaudited: vi.fn(),
    ...changes,
  };
}

/** Acts that a test tells what to say; until then they reject. */
export function scriptedService() {
  const untold = () => Promise.reject(new Error('not told what to say'));
  return {
    release: vi.fn<QuarantineService['release']>(untold),
    rescan: vi.fn<QuarantineService['rescan']>(untold),
    releaseAll: vi.fn<QuarantineService['releaseAll']>(untold),
    deleteAll: vi.fn<QuarantineService['deleteAll']>(untold),
    hunt: vi.fn<QuarantineService['hunt']>(untold),
    cancelTask: vi.fn<QuarantineService['cancelTask']>(() => false),
  };
}

/** Starts an admin side on loopback, without storage unless the changes have one. */
export async function startPlainAdmin(changes: Partial<AdminParts> = {}) {
  const start = await startAdmin(adminParts(changes), { host: '127.0.0.1', port: 0 });
  if (!start.ok) throw new Error(start.code);
  const { admin } = start;
  onTestFinished(() => admin.close());
  const url = `http://127.0.0.1:${admin.address.port}`;
  const askHere = async (path: string, asking: Asking = {}): Promise<Answered> => {
    const answer = await ask(`${url}${path}`, asking);
    checkDocumented(path, asking.method ?? 'GET', answer);
    return answer;
  };
  return { admin, url, ask: askHere };
}

/** Starts an admin side with stores, and a token of each role. */
export async function startAdminRig(changes: Partial<AdminParts> = {}) {
  const storage = openTestStorage();
  const service = scriptedService();
  const tokens = await tokensOf(storage);
  const rig = await startPlainAdmin({ storage, service, ...changes });
  const askAs = (path: string, { as, ...asking }: Asking = {}): Promise<Answered> => {
    const authorization = as && { authorization: `Bearer ${tokens[as]}` };
    return rig.ask(path, { ...asking, headers: { ...authorization, ...asking.headers } });
  };
  const api = (path: string, asking?: Asking): Promise<Answered> => askAs(`/api/v1${path}`, asking);
  const acts = async (): Promise<readonly AuditEntry[]> => {
    const found = await storage.audit.list({}, { limit: 100 });
    if (found.kind !== 'found') throw new Error(found.kind);
    return found.value.items.toReversed();
  };
  return { ...rig, ask: askAs, api, storage, service, tokens, acts };
}

async function tokensOf({ tokens }: TestStorage): Promise<Readonly<Record<Role, string>>> {
  const made = await Promise.all(
    ROLES.map(async (role) => {
      const result = await tokens.create({ name: `a ${role}`, role, by: 'test', atMs: NOW_MS });
      if (result.kind !== 'created') throw new Error(result.kind);
      return [role, result.token.text] as const;
    }),
  );
  return Object.fromEntries(made) as Record<Role, string>;
}

/** No route answers an error that its documentation does not have. */
function checkDocumented(path: string, method: string, { code }: Answered): void {
  const [pathname = ''] = path.split('?');
  const route = ADMIN_ROUTES.find(
    (row) =>
      row.method === method.toLowerCase() &&
      new RegExp(`^${row.path.replace(/:\\w+/g, '[^/]+')}$`).test(pathname),
  );
  if (route === undefined || code === undefined) return;
  expect(errorCodes(route), `errors of ${route.path}`).toContain(code);
}

async function ask(url: string, { method = 'GET', body, headers }: Asking): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const json: unknown = isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined;
  const { error } = (json ?? {}) as { error?: { code: string } };
  return { status: response.status, headers: response.headers, bytes, json, code: error?.code };
}
