/** In which language subscribers are told, over real sockets. */
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import { encodedString } from '../../src/codec/encoded-string.ts';
import { messageWith } from '../support/messages-with.ts';
import { policyOf } from '../support/policies.ts';
import type { SettingsChanges } from '../support/proxy-settings.ts';
import { startRig } from '../support/proxy-rig.ts';
import { post } from '../support/raw-http.ts';

const templates = (language: string) => ({
  refused: `${language}: größer`,
  tryLater: `${language} later`,
  stripped: `${language} stripped {reference}`,
  held: `${language} held`,
});
const SETTINGS: SettingsChanges = {
  texts: {
    language: 'en',
    ...templates('en'),
    languages: { de: templates('de'), fr: templates('fr') },
    byPrefix: { '+49': 'de', '+33': 'fr' },
  },
  headers: { trustedGateways: ['127.0.0.0/8'] },
};
/** A finding of severity high in the second part. */
const PARTS = [{ bytes: 'a text' }, { type: 'image/jpeg', bytes: '%PDF-1.4\n%%EOF\n' }];
const TYPE = 'Content-Type: application/vnd.wap.mms-message\r\n';

async function toldOf(headers: string, changes: SettingsChanges = {}) {
  const rig = await startRig({ ...SETTINGS, ...changes });
  const answer = await rig.ask(post(messageWith(PARTS), `${TYPE}${headers}`));
  return decodePdu(answer.body).pdu.headers.responseText;
}

describe('the text for a sender', () => {
  it.each([
    ['', 'en'],
    ['Accept-Language: de-AT, en;q=0.5\r\n', 'de'],
    ['X-MSISDN: 4917012345\r\n', 'de'],
    ['X-MSISDN: 4917012345\r\nAccept-Language: fr\r\n', 'fr'],
  ])('of a request with %j is in the language %s', async (headers, language) => {
    expect(await toldOf(headers)).toEqual(encodedString(`${language}: größer`));
  });

  it('is not chosen by a number that no trusted gateway has vouched for', async () => {
    const untrusted = { headers: { trustedGateways: [] } };
    expect(await toldOf('X-MSISDN: 4917012345\r\n', untrusted)).toEqual(encodedString('en: größer'));
  });

  it('is in a charset that the handset takes', async () => {
    expect(await toldOf('Accept-Charset: iso-8859-1\r\n')).toEqual({ text: 'en: größer', charset: 4 });
  });
});

describe('the text for the recipients of a message', () => {
  it.each([
    [['+4917012345/TYPE=PLMN'], 'de'],
    [['+4917012345/TYPE=PLMN', '+3312345678/TYPE=PLMN'], 'en'],
  ])('to %j is in the language %s, whatever the sender reads', async (numbers, language) => {
    const rig = await startRig({ ...SETTINGS, policy: policyOf({ severities: { high: 'strip' } }) });
    const message = messageWith(PARTS, { to: numbers.map((number) => encodedString(number)) });
    await rig.ask(post(message, `${TYPE}Accept-Language: fr\r\nX-MSISDN: 3312345678\r\n`));
    const { body } = decodePdu(rig.mmsc.requests[0]?.body ?? Buffer.of()).pdu;
    const notice = body?.kind === 'multipart' ? body.parts[1] : undefined;
    const { id = '' } = (await rig.onlyRecord()) ?? {};
    expect(Buffer.from(notice?.bytes ?? []).toString()).toBe(`${language} stripped ${id}`);
  });
});
