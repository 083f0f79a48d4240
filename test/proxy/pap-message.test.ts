import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { papMessage, readPapAnswer } from '../../src/proxy/pap-message.ts';

const PUSH = {
  pushId: '1@guard',
  number: '+12025550122',
  domain: 'push.example',
  deliverBeforeMs: Date.UTC(2026, 10, 25, 1, 2, 3, 999),
  pdu: Buffer.from([0x8c, 0x82, 0x0d, 0x0a, 0x2d, 0x2d]),
  boundary: 'BOUNDARY',
};

describe('a push-message', () => {
  it('is a multipart/related of a control entity and the PDU', () => {
    const { contentType, body } = papMessage(PUSH);
    expect(contentType).toBe('multipart/related; boundary="BOUNDARY"; type="application/xml"');
    expect(body.toString('latin1')).toBe(
      [
        '--BOUNDARY',
        'Content-Type: application/xml',
        '',
        '<?xml version="1.0"?>',
        '<!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 2.0//EN" "http://www.wapforum.org/DTD/pap_2.0.dtd">',
        '<pap>',
        '<push-message push-id="1@guard" deliver-before-timestamp="2026-11-25T01:02:03Z">',
        '<address address-value="WAPPUSH=+12025550122/TYPE=PLMN@push.example"/>',
        '<quality-of-service delivery-method="unconfirmed"/>',
        '</push-message>',
        '</pap>',
        '--BOUNDARY',
        'Content-Type: application/vnd.wap.mms-message',
        'X-Wap-Application-Id: x-wap-application:mms.ua',
        '',
        '\x8c\x82\r\n--',
        '--BOUNDARY--',
        '',
      ].join('\r\n'),
    );
  });

  it('escapes what would end an attribute', () => {
    const { body } = papMessage({ ...PUSH, pushId: '"><x a="&', domain: 'a"b' });
    expect(body.toString()).toContain('push-id="&quot;>&lt;x a=&quot;&amp;"');
    expect(body.toString()).toContain('@a&quot;b"');
  });
});

describe('the answer of a push gateway', () => {
  it.each([
    [
      '<?xml version="1.0"?><!DOCTYPE pap><pap><push-response push-id="1"><response-result code="1001" desc="taken"/></push-response></pap>',
      { code: 1001, description: 'taken' },
    ],
    [
      "<pap><push-response><progress stage='x'/><response-result code='2001'></response-result></push-response></pap>",
      { code: 2001, description: '' },
    ],
    [
      '<pap><badmessage-response code="2000" desc="bad &lt;xml>"/></pap>',
      { code: 2000, description: 'bad <xml>' },
    ],
    ['<p:pap xmlns:p="x"><p:response-result code="1000"/></p:pap>', { code: 1000, description: '' }],
  ])('is read from %s', (text, expected) => {
    expect(readPapAnswer(text)).toEqual(expected);
  });

  it.each([
    [''],
    ['OK'],
    ['<html><body>code="1001"</body></html>'],
    ['<pap><response-result code="100"/></pap>'],
    ['<pap><response-result code="10000"/></pap>'],
    ['<pap><response-result/></pap>'],
    ['<!-- <response-result code="1001"/> -->'],
  ])('is none: %j', (text) => {
    expect(readPapAnswer(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readPapAnswer(`<response-result ${text}`);
      }),
    );
  });
});
