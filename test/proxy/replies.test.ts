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
import { replyContext } from '../support/reply-context.ts';

const TEXTS = { refused: 'Nicht erlaubt: größer', tryLater: 'Later', held: 'Is held' };
const CONTEXT = replyContext(TEXTS);

const posted = (type: MessageType, version = '1.2'): AnsweredPdu => ({
  type,
  headers: { transactionId: 'T-9', version },
});
const toPost = (known: AnsweredPdu | undefined, reason: ReplyReason, context = CONTEXT) =>
  replyToPost(known, reason, context);
const toGet = (original: AnsweredPdu | undefined, reason: ReplyReason, context = CONTEXT) =>
  replyToGet(original, reason, context);

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
    ['throttled', '1.2', 'error-transient-failure', TEXTS.tryLater],
    ['throttled', '1.0', 'error-unspecified', TEXTS.tryLater],
    ['held', '1.1', 'error-permanent-content-not-accepted', TEXTS.held],
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

  it.each([
    ['m-send-req', { responseStatus: 'ok', messageId: 'REF-1' }],
    ['m-forward-req', { responseStatus: 'ok', messageId: 'REF-1' }],
    ['m-mbox-store-req', { storeStatus: 'success', contentLocation: 'REF-1' }],
    ['m-mbox-upload-req', { storeStatus: 'success', contentLocation: 'REF-1' }],
    ['m-mbox-delete-req', { responseStatuses: ['ok'] }],
    ['m-delete-req', { responseStatus: 'ok' }],
  ] as const)('accepts %s without a word', (type, headers) => {
    const { headers: confirmed } = decoded(toPost(posted(type, '1.0'), 'accepted'));
    expect(confirmed).toEqual({ transactionId: 'T-9', version: '1.0', ...headers });
  });

  it.each([undefined, posted('m-acknowledge-ind'), posted('m-retrieve-conf')])(
    'accepts %j, which has no confirmation, with an empty 200',
    (known) => {
      expect(toPost(known, 'accepted')).toMatchObject({ status: 200, body: new Uint8Array() });
    },
  );

  it.each([
    ['1.2', 'error-permanent-service-denied'],
    ['1.0', 'error-service-denied'],
  ])('denies a client of %s the service where the settings say so', (version, responseStatus) => {
    const context = replyContext(TEXTS, { throttledStatus: 'error-permanent-service-denied' });
    const pdu = decoded(toPost(posted('m-send-req', version), 'throttled', context));
    expect(pdu.headers).toMatchObject({ responseStatus, responseText: encodedString(TEXTS.tryLater) });
  });

  it('writes the text in the charset that the handset takes', () => {
    const context = replyContext(TEXTS, {}, 4);
    const { headers } = decoded(toPost(posted('m-send-req'), 'content', context));
    expect(headers.responseText).toEqual({ text: TEXTS.refused, charset: 4 });
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

  it.each([
    [4, Buffer.from(TEXTS.refused, 'latin1')],
    [106, Buffer.from(TEXTS.refused)],
  ])('writes the notice in the charset %i and labels it so', (charset, octets) => {
    const { body } = decoded(toGet(original, 'content', replyContext(TEXTS, {}, charset)));
    const [part] = body?.kind === 'multipart' ? body.parts : [];
    expect(part?.contentType.parameters).toEqual([{ name: 'charset', value: charset }]);
    expect(octets.equals(part?.bytes ?? Buffer.of())).toBe(true);
  });

  it('tells of a message that is held', () => {
    const { body } = decoded(toGet(original, 'held'));
    const [part] = body?.kind === 'multipart' ? body.parts : [];
    expect(Buffer.from(part?.bytes ?? []).toString()).toBe(TEXTS.held);
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

describe('replyToGet, with transient answers in MMS', () => {
  const original = { transactionId: 'R-1', version: '1.1', date: 1_700_000_000 };
  const context = replyContext(TEXTS, { transientRetrieve: 'retrieve-conf' });
  const retrieved = (headers: AnsweredPdu['headers']): AnsweredPdu => ({ type: 'm-retrieve-conf', headers });

  it.each([
    ['throttled', 'error-transient-failure'],
    ['overloaded', 'error-transient-failure'],
    ['mmsc-timeout', 'error-transient-network-problem'],
  ] as const)('tells %s as the status %s and a text', (reason, retrieveStatus) => {
    const pdu = decoded(toGet(retrieved(original), reason, context));
    expect(pdu.headers).toMatchObject({
      ...original,
      retrieveStatus,
      retrieveText: encodedString(TEXTS.tryLater),
    });
    const [part] = pdu.body?.kind === 'multipart' ? pdu.body.parts : [];
    expect(Buffer.from(part?.bytes ?? []).toString()).toBe(TEXTS.tryLater);
  });

  it('denies no service that is denied for now only: the message would be lost', () => {
    const denying = replyContext(TEXTS, {
      ...context.settings,
      throttledStatus: 'error-permanent-service-denied',
    });
    const { headers } = decoded(toGet(retrieved(original), 'throttled', denying));
    expect(headers.retrieveStatus).toBe('error-transient-failure');
  });

  it.each([
    ['MMS 1.0, which has no such status', retrieved({ ...original, version: '1.0' })],
    ['an unknown version', retrieved({ transactionId: 'R-1' })],
    ['another PDU', { type: 'm-send-conf', headers: original } as const],
    ['nothing', undefined],
  ])('answers with an HTTP error in the place of %s', (_, answered) => {
    expect(toGet(answered, 'throttled', context).status).toBe(503);
  });

  it('leaves no status on what is refused for good', () => {
    expect(decoded(toGet(retrieved(original), 'content', context)).headers.retrieveStatus).toBeUndefined();
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
