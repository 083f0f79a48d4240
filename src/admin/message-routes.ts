/** The track: what became of every message of the last days. */
import type { TrackFilter } from '../storage/message-track.ts';
import type { Role } from '../storage/access-tokens.ts';
import { ID_PARAMS, storageRoute, type AuditNote } from './admin-route.ts';
import { auditedFilter, COUNT_QUERY, TRACK_QUERY } from './record-filter.ts';
import { pageAnswer, valueAnswer } from './store-answer.ts';

/** `/messages`. The counts come first: their path would be an id, too. */
export const MESSAGE_ROUTES = [
  storageRoute({
    method: 'get',
    path: '/api/v1/messages',
    tag: 'messages',
    summary: 'What became of messages, the newest first, without plain numbers',
    role: 'viewer',
    query: TRACK_QUERY,
    answers: { 200: 'A page of messages' },
    errors: ['bad-cursor'],
    roleFor: ({ query: { filter } }) => roleToSearch(filter),
    audit: ({ query: { filter } }) => searchNote('messages.search', filter),
    handle: async ({ query: { filter, page } }, { track }) => pageAnswer(await track.list(filter, page)),
  }),
  storageRoute({
    method: 'get',
    path: '/api/v1/messages/counts',
    tag: 'messages',
    summary: 'How many messages ended how',
    role: 'viewer',
    query: COUNT_QUERY,
    answers: { 200: 'Counts by end' },
    errors: [],
    roleFor: ({ query }) => roleToSearch(query),
    audit: ({ query }) => searchNote('messages.count', query),
    handle: async ({ query }, { track }) => valueAnswer(await track.counts(query), (counts) => counts),
  }),
  storageRoute({
    method: 'get',
    path: '/api/v1/messages/:id',
    tag: 'messages',
    summary: 'What became of one message, in each direction that it was seen in',
    role: 'viewer',
    params: ID_PARAMS,
    answers: { 200: 'The entries' },
    errors: ['unknown'],
    handle: async ({ params: { id } }, { track }) => valueAnswer(await track.get(id), (items) => ({ items })),
  }),
];

function roleToSearch({ number }: TrackFilter): Role {
  return number === undefined ? 'viewer' : 'analyst';
}

function searchNote(act: string, filter: TrackFilter): AuditNote | undefined {
  if (filter.number === undefined) return undefined;
  return { act, target: '', detail: auditedFilter(filter) };
}
