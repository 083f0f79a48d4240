import { describe, expect, it } from 'vitest';
import { answerLines, isGranted, statusOf } from '../../src/app/answer-text.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import type { Mm1Answer } from '../../src/lab/mm1-client.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';

const http = {
  ok: true,
  status: 200,
  rawHeaders: [],
  contentType: 'text/html',
  body: Buffer.from('<b>\u001b[2J'),
} as const;

const pdu = (type: MessageType, headers: MmsHeaders): Mm1Answer => ({
  kind: 'pdu',
  pdu: plainPdu(type, headers),
  http,
});

describe('an answer as text', () => {
  it('names type and status, message id and text', () => {
    const responseText = { text: 'no\u001b[2J' };
    const answer = pdu('m-send-conf', {
      responseStatus: 'error-permanent-failure',
      messageId: 'M1',
      responseText,
    });
    expect(answerLines(answer)).toEqual([
      'm-send-conf: error-permanent-failure',
      'message id: M1',
      'text: no\\u{1b}[2J',
    ]);
  });

  it('shows what is no PDU, harmless for the terminal', () => {
    expect(answerLines({ kind: 'no-pdu', http })).toEqual(['HTTP 200, text/html, 7 octets: <b>\\u{1b}[2J']);
  });

  it('says why there is none', () => {
    const failure = { ok: false, reason: 'no-connection', detail: 'refused' } as const;
    expect(answerLines({ kind: 'no-answer', failure })).toEqual(['no answer: no-connection: refused']);
  });
});

describe('the status of an answer', () => {
  it.each<[MessageType, MmsHeaders, string | undefined, boolean]>([
    ['m-send-conf', { responseStatus: 'ok' }, 'ok', true],
    ['m-send-conf', { responseStatus: 'error-permanent-failure' }, 'error-permanent-failure', false],
    ['m-send-conf', { responseStatus: 0x99 }, '0x99', false],
    ['m-send-conf', {}, undefined, false],
    ['m-retrieve-conf', {}, 'ok', true],
    ['m-retrieve-conf', { retrieveStatus: 'error-transient-failure' }, 'error-transient-failure', false],
  ])('%s with %o is %s; granted: %s', (type, headers, status, granted) => {
    expect(statusOf(plainPdu(type, headers))).toBe(status);
    expect(isGranted(pdu(type, headers))).toBe(granted);
  });
});
