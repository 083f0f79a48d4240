/** An admin API that answers as a test says, and keeps what it was asked. */
import { json } from 'node:stream/consumers';
import { startLabServer } from './lab-rig.ts';

/** One request. */
export interface AdminAsked {
  /** Method and path with its query, below `/api/v1`. */
  readonly what: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** What to answer: a status and JSON, or octets. */
export type ScriptedAnswer = readonly [status: number, value: unknown];

/** A running API, and the environment in which commands find it. */
export interface ScriptedAdmin {
  readonly asked: readonly AdminAsked[];
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts an API; the answers are given one after the other, the last again and again. */
export async function startAdmin(...answers: readonly ScriptedAnswer[]): Promise<ScriptedAdmin> {
  const asked: AdminAsked[] = [];
  const server = await startLabServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const body = headers['content-type'] === 'application/json' ? await json(request) : undefined;
    asked.push({
      what: `${method} ${url.replace('/api/v1', '')}`,
      body,
      authorization: headers.authorization,
    });
    const [status, value] = answers[asked.length - 1] ?? answers.at(-1) ?? [500, {}];
    response.writeHead(status).end(Buffer.isBuffer(value) ? value : JSON.stringify(value));
  });
  const url = `http://127.0.0.1:${server.port}`;
  return { asked, url, environment: { MMSGUARD_ADMIN_URL: url } };
}

/** An error as the API tells it. */
export function apiError(code: string, message = 'no', details?: unknown): unknown {
  return { error: { code, message, details } };
}

/** A record as the API lists it, with what a test changes. */
export function shownRecord(
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const reason = { code: 'mmsguard:RULE', entry: 'severity high', isShadow: false };
  return {
    id: 'rec-1',
    atMs: Date.UTC(2026, 10, 24, 8),
    expiresAtMs: Date.UTC(2026, 11, 24, 8),
    direction: 'outbound',
    pduType: 'm-send-req',
    severity: 'high',
    state: 'held',
    told: 'refused',
    bodyBytes: 1234,
    contentHash: 'ab'.repeat(32),
    sender: 'pseudonym-1',
    recipients: ['pseudonym-2'],
    approvals: [],
    decision: { profile: 'default', action: 'quarantine', reasons: [reason] },
    ...changes,
  };
}

/** A task as the API tells it. */
export function shownTask(
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    id: 'task-1',
    kind: 'bulk-release',
    state: 'done',
    total: 2,
    done: 2,
    result: { counts: { released: 2 }, records: [], recordsLeftOut: 0 },
    ...changes,
  };
}
