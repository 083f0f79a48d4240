/** What is known of one sender. */
import { z } from 'zod';
import { json, storageRoute } from './admin-route.ts';
import { storeError } from './api-error.ts';
import { ADDRESS_CHARACTERS_MAX, lineOfText } from './page-query.ts';

/** Messages of a sender that are shown. */
export const SENDER_MESSAGES = 20;

/** 12 octets in base64url (RFC 4648 5). */
const PSEUDONYM = /^[\w-]{16}$/;

/** Whether a text is a number or an address, and no pseudonym. A text of digits alone is a number. */
export function isPlainAddress(text: string): boolean {
  return !PSEUDONYM.test(text) || /^[\d-]+$/.test(text);
}

/** `/senders/:sender`. */
export const SENDER_ROUTES = [
  storageRoute({
    method: 'get',
    path: '/api/v1/senders/:sender',
    tag: 'senders',
    summary: 'What became of the messages from and to a number or pseudonym: counts, and the last ones',
    role: 'admin',
    params: z.strictObject({ sender: lineOfText(ADDRESS_CHARACTERS_MAX) }),
    answers: { 200: 'Counts by end, and the last messages' },
    errors: [],
    audit: ({ params: { sender } }) =>
      isPlainAddress(sender)
        ? { act: 'senders.search', target: '', detail: { number: 'given' } }
        : { act: 'senders.view', target: sender, detail: {} },
    handle: async ({ params: { sender } }, { track }) => {
      const filter = isPlainAddress(sender) ? { number: sender } : { pseudonym: sender };
      const [counts, messages] = await Promise.all([
        track.counts(filter),
        track.list(filter, { limit: SENDER_MESSAGES }),
      ]);
      if (counts.kind === 'failed') return storeError(counts);
      if (messages.kind === 'failed') return storeError(messages);
      return json({
        counts: counts.kind === 'found' ? counts.value : {},
        messages: messages.kind === 'found' ? messages.value.items : [],
      });
    },
  }),
];
