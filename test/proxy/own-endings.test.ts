import { describe, expect, it } from 'vitest';
import { handsetGone, refusedByHttp, refusedFraming } from '../../src/proxy/own-endings.ts';
import { sendRequest } from '../support/mms-messages.ts';
import { startRig } from '../support/proxy-rig.ts';
import { post } from '../support/raw-http.ts';

describe('an ending of our own', () => {
  it('to what is no MMS is plain HTTP', () => {
    expect(refusedByHttp(403, 'mmsc-not-allowed')).toMatchObject({
      outcome: { kind: 'refused', code: 'mmsc-not-allowed', side: 'handset' },
      answer: { status: 403, isOwn: true, endsConnection: false },
    });
  });

  it('to a request whose end nobody can tell ends the connection', () => {
    const refused = refusedFraming({ kind: 'refused', status: 400, code: 'http-version' });
    expect(refused.answer).toMatchObject({ status: 400, endsConnection: true });
  });

  it('to nobody is no answer', () => {
    expect(handsetGone()).toMatchObject({ outcome: { code: 'handset-gone' }, answer: undefined });
  });

  it('to a message that is too large says so in MMS, with its transaction', async () => {
    const rig = await startRig({ limits: { bodyBytesMax: 2000 } });
    const answer = await rig.ask(post(sendRequest({}, 5000)));
    expect([answer.status, answer.header('content-type')]).toEqual([200, 'application/vnd.wap.mms-message']);
    expect(answer.body.includes('T-1')).toBe(true);
    expect((await rig.onlyRecord())?.outcome).toMatchObject({ kind: 'refused', code: 'body-too-large' });
  });
});
