/** What was stopped: lists, single messages, and acts on one. */
import { z } from 'zod';
import type { FullRecord, RecordSummary } from '../storage/quarantine-store.ts';
import { mayAs, type Caller } from './access.ts';
import { ID_PARAMS, json, serviceRoute, storageRoute, type Answer } from './admin-route.ts';
import { apiError, changeError, releaseError, rescanError, type ApiErrorCode } from './api-error.ts';
import { WHY } from './page-query.ts';
import type { ExportFailure } from './record-exporter.ts';
import { auditedFilter, RECORD_QUERY } from './record-filter.ts';
import { pageAnswer, valueAnswer } from './store-answer.ts';

const RELEASE_BODY = z.strictObject({
  why: WHY,
  force: z
    .boolean()
    .default(false)
    .describe('Release although the rules of now would stop it; needs the role admin'),
});

/** What a record can fail by, when it is read with its content. */
const SEALED_ERRORS = ['unknown', 'key-missing', 'seal-broken'] as const satisfies readonly ApiErrorCode[];

const EXPORT_ERRORS = {
  busy: 'export-busy',
  timeout: 'export-failed',
  crashed: 'export-failed',
  closed: 'closed',
} as const satisfies Record<ExportFailure, ApiErrorCode>;

/** Lists and single messages. */
export const QUARANTINE_ROUTES = [
  storageRoute({
    method: 'get',
    path: '/api/v1/quarantine',
    tag: 'quarantine',
    summary: 'Messages that were stopped, the newest first, without content and plain numbers',
    role: 'viewer',
    query: RECORD_QUERY,
    answers: { 200: 'A page of summaries' },
    errors: ['bad-cursor'],
    roleFor: ({ query: { filter } }) => (filter.number === undefined ? 'viewer' : 'analyst'),
    audit: ({ query: { filter } }) =>
      filter.number === undefined
        ? undefined
        : { act: 'quarantine.search', target: '', detail: auditedFilter(filter) },
    handle: async ({ query: { filter, page } }, { quarantine }) =>
      pageAnswer(await quarantine.list(filter, page)),
  }),
  storageRoute({
    method: 'get',
    path: '/api/v1/quarantine/:id',
    tag: 'quarantine',
    summary: 'One message: for a viewer its summary, for others with plain numbers, headers and findings',
    role: 'viewer',
    params: ID_PARAMS,
    answers: { 200: 'The record' },
    errors: SEALED_ERRORS,
    audit: ({ caller, params: { id } }) =>
      seesAll(caller) ? { act: 'quarantine.view', target: id, detail: {} } : undefined,
    handle: async ({ caller, params: { id } }, { quarantine }) =>
      valueAnswer(await quarantine.get(id), seesAll(caller) ? withoutBody : summaryOf),
  }),
  storageRoute({
    method: 'get',
    path: '/api/v1/quarantine/:id/body',
    tag: 'quarantine',
    summary: 'The octets of a message, as they came',
    role: 'analyst',
    params: ID_PARAMS,
    answers: { 200: 'The octets' },
    answerType: 'application/octet-stream',
    errors: [...SEALED_ERRORS, 'no-content'],
    audit: ({ params: { id } }) => ({ act: 'quarantine.body', target: id, detail: {} }),
    handle: async ({ params: { id } }, { quarantine }) => {
      const found = await quarantine.get(id);
      if (found.kind !== 'found') return valueAnswer(found, withoutBody);
      const { body: bytes } = found.value;
      if (bytes === undefined) return apiError('no-content');
      return { kind: 'file', contentType: 'application/octet-stream', fileName: `${id}.mms`, bytes };
    },
  }),
  storageRoute({
    method: 'get',
    path: '/api/v1/quarantine/:id/export',
    tag: 'quarantine',
    summary: 'A ZIP with message.mms, its parts, and report.json; its password is "infected"',
    role: 'analyst',
    params: ID_PARAMS,
    answers: { 200: 'The archive' },
    answerType: 'application/zip',
    errors: [...SEALED_ERRORS, 'no-content', ...Object.values(EXPORT_ERRORS)],
    audit: ({ params: { id } }) => ({ act: 'quarantine.export', target: id, detail: {} }),
    handle: async ({ exporter, params: { id } }, { quarantine }) => {
      const found = await quarantine.get(id);
      if (found.kind !== 'found') return valueAnswer(found, withoutBody);
      const { body } = found.value;
      if (body === undefined) return apiError('no-content');
      const exported = await exporter.export({ ...found.value, body });
      if (!exported.ok) return apiError(EXPORT_ERRORS[exported.reason]);
      return { kind: 'file', contentType: 'application/zip', fileName: `${id}.zip`, bytes: exported.bytes };
    },
  }),
  storageRoute({
    method: 'post',
    path: '/api/v1/quarantine/:id/delete',
    tag: 'quarantine',
    summary: 'Wipes the content of a message that is held',
    role: 'analyst',
    params: ID_PARAMS,
    body: z.strictObject({ why: WHY }),
    answers: { 200: 'It is wiped' },
    errors: ['unknown', 'not-held'],
    audit: ({ params: { id }, body: { why } }) => ({ act: 'quarantine.delete', target: id, detail: { why } }),
    handle: async ({ parts, caller, params: { id }, body: { why } }, { quarantine }) => {
      const result = await quarantine.end(id, 'deleted', { atMs: parts.now(), by: caller.name, why });
      return result.kind === 'done' ? json({ kind: 'done' }) : changeError(result);
    },
  }),
  serviceRoute({
    method: 'post',
    path: '/api/v1/quarantine/:id/release',
    tag: 'quarantine',
    summary: 'Sends a message on, or gives it out at its next fetch, unless the rules of now would stop it',
    role: 'analyst',
    params: ID_PARAMS,
    body: RELEASE_BODY,
    answers: { 200: 'It is released', 202: 'Noted; another person must agree first' },
    errors: [...SEALED_ERRORS, 'not-held', 'still-bad', 'mmsc-failed', 'mmsc-refused'],
    roleFor: ({ body: { force } }) => (force ? 'admin' : 'analyst'),
    audit: ({ params: { id }, body }) => ({ act: 'quarantine.release', target: id, detail: body }),
    handle: async ({ parts, caller, params: { id }, body }, service): Promise<Answer> => {
      const result = await service.release(id, { ...body, atMs: parts.now(), by: caller.name });
      switch (result.kind) {
        case 'released':
          return json(result, { kind: result.kind, announced: result.announced });
        case 'approval-noted':
          return { kind: 'json', status: 202, value: result, noted: { kind: result.kind } };
        default:
          return releaseError(result);
      }
    },
  }),
  serviceRoute({
    method: 'post',
    path: '/api/v1/quarantine/:id/rescan',
    tag: 'quarantine',
    summary: 'Scans a held message with the rules of now; nothing is done with it',
    role: 'analyst',
    params: ID_PARAMS,
    answers: { 200: 'What was found, and what the policy says to it' },
    errors: [...SEALED_ERRORS, 'no-content'],
    audit: ({ params: { id } }) => ({ act: 'quarantine.rescan', target: id, detail: {} }),
    handle: async ({ params: { id } }, service) => {
      const result = await service.rescan(id);
      return result.kind === 'scanned' ? json(result, { action: result.action }) : rescanError(result);
    },
  }),
];

function seesAll({ role }: Caller): boolean {
  return mayAs(role, 'analyst');
}

/** A record without its octets, which have a path of their own. */
function withoutBody({ body, ...record }: FullRecord): unknown {
  return { ...record, hasContent: body !== undefined };
}

/** What a viewer sees: only what is named here, whatever a record comes to hold. */
function summaryOf(record: FullRecord): RecordSummary {
  const { id, atMs, expiresAtMs, direction, pduType, severity, decision, ruleSetDigest, told } = record;
  const { state, bodyBytes, contentHash, sender, recipients, ended, approvals } = record;
  return {
    ...{ id, atMs, expiresAtMs, direction, pduType, severity, decision, ruleSetDigest, told },
    ...{ state, bodyBytes, contentHash, sender, recipients, ended, approvals },
  };
}
