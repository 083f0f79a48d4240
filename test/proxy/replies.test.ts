import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import {
  httpReply,
  replyToGet,
  replyToPost,
  type AnsweredPdu,
  type OwnReply,
} from '../../src/proxy/replies.ts';
import type { ReplyReason } from '../../src/proxy/reply-reasons.ts';

const TEXTS = { refused: 'Nicht erlaubt: größer', tryLater: 'Later' };
const NOW_MS = 1_800_000_000_999;

const posted = (type: MessageType, version = '1.2'): AnsweredPdu => ({
  type,
  headers: { transactionId: 'T-9', version },
});
const toPost = (known: AnsweredPdu | undefined, reason: ReplyReason) => replyToPost(known, reason, TEXTS);
const toGet = (original: AnsweredPdu | undefined, reason: ReplyReason) =>
  replyToGet(original, reason, TEXTS, NOW_MS);

/** Strictly: what we make ourselves must not need a single leniency. */
const decoded = (reply: OwnReply) => decodePdu(reply.body).pdu;

const headersOf = ({ headers }: OwnReply) =>
  Object.fromEntries(
    Array.from({ length: headers.length / 2 }, (_, at) => headers.slice(2 * at, 2 * at + 2)) as [
      string,
      string,
    ][],
  );

describe('replyToPost', () => {
  it.each([
    ['not-inspected', '1.2', 'error-permanent-content-not-accepted', TEXTS.refused],
    ['not-inspected', '1.0', 'error-content-not-accepted', TEXTS.refused],
    ['undecodable', '1.2', 'error-permanent-message-format-corrupt', TEXTS.refused],
    ['undecodable', '1.0', 'error-message-format-corrupt', TEXTS.refused],
    ['too-large', '1.3', 'error-permanent-content-not-accepted', TEXTS.refused],
    ['overloaded', '1.1', 'error-transient-failure', TEXTS.tryLater],
    ['body-too-slow', '1.2', 'error-transient-failure', TEXTS.tryLater],
    ['mmsc-unreachable', '1.2', 'error-transient-network-problem', TEXTS.tryLater],
    ['mmsc-timeout', '1.2', 'error-transient-network-problem', TEXTS.tryLater],
    ['mmsc-timeout', '1.0', 'error-network-problem', TEXTS.tryLater],
    ['internal-error', '1.2', 'error-transient-failure', TEXTS.tryLater],
  ] as const)('confirms a message with %s to a client of %s', (reason, version, responseStatus, text) => {
    const reply = toPost(posted('m-send-req', version), reason);
    expect(reply.status).toBe(200);
    expect(headersOf(reply)).toEqual({
      'Content-Type': 'application/vnd.wap.mms-message',
      'Content-Length': `${reply.body.length}`,
    });
    expect(decoded(reply)).toMatchObject({
      type: 'm-send-conf',
      headers: { transactionId: 'T-9', version, responseStatus, responseText: encodedString(text) },
    });
  });

  it.each([
    ['m-forward-req', 'm-forward-conf', { responseStatus: 'error-permanent-content-not-accepted' }],
    ['m-mbox-store-req', 'm-mbox-store-conf', { storeStatus: 'error-permanent-failure' }],
    ['m-mbox-view-req', 'm-mbox-view-conf', { responseStatus: 'error-permanent-content-not-accepted' }],
    ['m-mbox-upload-req', 'm-mbox-upload-conf', { storeStatus: 'error-permanent-failure' }],
    [
      'm-mbox-delete-req',
      'm-mbox-delete-conf',
      { responseStatuses: ['error-permanent-content-not-accepted'] },
    ],
    ['m-delete-req', 'm-delete-conf', { responseStatus: 'error-permanent-content-not-accepted' }],
  ] as const)('confirms %s with %s', (type, confirmation, status) => {
    const pdu = decoded(toPost(posted(type), 'not-inspected'));
    expect(pdu).toMatchObject({
      type: confirmation,
      headers: { transactionId: 'T-9', version: '1.2', ...status },
    });
  });

  it('confirms a message that shows neither transaction id nor version', () => {
    const pdu = decoded(toPost({ type: 'm-send-req', headers: {} }, 'undecodable'));
    expect(pdu.headers).toMatchObject({
      transactionId: '',
      version: '1.0',
      responseStatus: 'error-message-format-corrupt',
    });
  });

  it.each(['m-notifyresp-ind', 'm-acknowledge-ind', 'm-read-rec-ind', 'm-cancel-conf'] as const)(
    'ends %s with an empty 200 when it is refused for good',
    (type) => {
      expect(toPost(posted(type), 'undecodable')).toMatchObject({ status: 200, body: new Uint8Array() });
    },
  );

  it.each(['m-notifyresp-ind', 'm-acknowledge-ind', 'm-read-rec-ind', 'm-cancel-conf'] as const)(
    'makes the handset send %s again when the MMSC is away',
    (type) => {
      expect(toPost(posted(type), 'mmsc-unreachable').status).toBe(502);
    },
  );

  it.each([
    ['undecodable', 400],
    ['too-large', 413],
    ['not-inspected', 403],
    ['overloaded', 503],
    ['body-too-slow', 408],
    ['mmsc-unreachable', 502],
    ['mmsc-timeout', 504],
    ['internal-error', 500],
  ] as const)('answers %s of what is no MMS request with HTTP %i', (reason, status) => {
    expect([toPost(undefined, reason).status, toPost(posted('m-retrieve-conf'), reason).status]).toEqual([
      status,
      status,
    ]);
  });
});

describe('replyToGet', () => {
  const original: AnsweredPdu = {
    type: 'm-retrieve-conf',
    headers: {
      transactionId: 'R-1',
      version: '1.3',
      date: 1_700_000_000,
      from: { kind: 'address', address: encodedString('+12025550111/TYPE=PLMN') },
    },
  };

  it('puts a notice in the place of a message, with the transaction id, sender and date of it', () => {
    const pdu = decoded(toGet(original, 'not-inspected'));
    expect(pdu).toMatchObject({ type: 'm-retrieve-conf', headers: original.headers });
    expect(pdu.headers.retrieveStatus).toBeUndefined();
    expect(pdu.headers.contentType?.mediaType).toBe('application/vnd.wap.multipart.mixed');
  });

  it('puts the text for the subscriber into the notice, in UTF-8', () => {
    const { body } = decoded(toGet(original, 'not-inspected'));
    expect(body).toMatchObject({
      kind: 'multipart',
      parts: [{ contentType: { mediaType: 'text/plain', parameters: [{ name: 'charset', value: 106 }] } }],
    });
    const [part] = body?.kind === 'multipart' ? body.parts : [];
    expect(Buffer.from(part?.bytes ?? []).toString()).toBe(TEXTS.refused);
  });

  it('dates the notice for a message of which nothing is known', () => {
    expect(decoded(toGet(undefined, 'too-large')).headers).toMatchObject({
      version: '1.0',
      date: 1_800_000_000,
    });
  });

  it('does not call the proxy or the recipient the sender', () => {
    const nameless: AnsweredPdu = { type: 'm-retrieve-conf', headers: { from: { kind: 'insert-address' } } };
    expect(decoded(toGet(nameless, 'not-inspected')).headers.from).toBeUndefined();
  });

  it.each([
    ['mmsc-unreachable', 502],
    ['mmsc-timeout', 504],
    ['overloaded', 503],
    ['internal-error', 500],
  ] as const)('answers %s with HTTP %i, so that no handset acknowledges the message', (reason, status) => {
    expect(toGet(original, reason).status).toBe(status);
  });
});

describe('httpReply', () => {
  it('carries its text with the right length', () => {
    const reply = httpReply(400, 'größer');
    expect(headersOf(reply)['Content-Length']).toBe(`${Buffer.byteLength('größer\n')}`);
  });

  it.each([
    [503, 'Retry-After', '30'],
    [405, 'Allow', 'POST, GET, HEAD'],
  ])('says with %i what else the client must know', (status, name, value) => {
    expect(headersOf(httpReply(status, ''))[name]).toBe(value);
  });
});
