import { describe, expect, it } from 'vitest';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { partView } from '../../src/inspection/message-parts.ts';
import {
  CONTENT_LOCATION_LENGTH_MAX,
  protocolDetector,
  type ProtocolContext,
} from '../../src/inspection/protocol-detector.ts';

const CONTEXT: ProtocolContext = { authenticatedSender: undefined, mmscHosts: undefined };

interface Case extends Partial<ProtocolContext> {
  readonly headers?: MmsHeaders;
  readonly applicationHeaders?: MmsPdu['applicationHeaders'];
  readonly fileName?: string;
  readonly direction?: 'outbound' | 'inbound';
}

function codesOf({
  headers = {},
  applicationHeaders = [],
  fileName = 'a.jpg',
  direction = headers.contentLocation === undefined ? 'outbound' : 'inbound',
  ...context
}: Case) {
  const pdu: MmsPdu = {
    type: 'm-send-req',
    headers,
    applicationHeaders,
    unknownHeaders: [],
    body: undefined,
  };
  const label = { index: 0, declaredType: 'image/jpeg', charset: undefined, fileName };
  const parts = [partView(new Uint8Array(), label)];
  const codes: string[] = [];
  const detector = protocolDetector({ ...CONTEXT, ...context });
  detector.detect({ pdu, pduBytes: new Uint8Array(), parts, direction }, (code) => codes.push(code));
  return codes;
}

const from = (text: string): MmsHeaders => ({ from: { kind: 'address', address: { text } } });
const NUMBER = '+12025550111';

describe('protocolDetector', () => {
  it.each<[string, Case]>([
    [
      'insert-address',
      { headers: { from: { kind: 'insert-address' }, to: [{ text: `${NUMBER}/TYPE=PLMN` }] } },
    ],
    [
      'the authenticated number',
      { headers: from(`${NUMBER}/TYPE=PLMN`), authenticatedSender: '12025550111' },
    ],
    ['the same number in another form', { headers: from('0012025550111'), authenticatedSender: NUMBER }],
    [
      'a number as people write it',
      { headers: from('+1 (202) 555-0111'), authenticatedSender: '12025550111' },
    ],
    ['whoever the MMSC says it is from', { headers: from(NUMBER), direction: 'inbound' }],
    ['a subject of several lines', { headers: { subject: { text: 'see you\r\n at eight' } } }],
    ['a subject with a colon', { headers: { subject: { text: 'Re: lunch' } } }],
    ['a location of ours', { headers: { contentLocation: 'http://mmsc/x' }, mmscHosts: new Set(['mmsc']) }],
    ['any location when none is listed', { headers: { contentLocation: 'http://10.0.0.1/x' } }],
    ['a name with letters of any script', { fileName: 'отпуск 写真.jpg' }],
  ])('finds nothing in %s', (_, message) => {
    expect(codesOf(message)).toEqual([]);
  });

  it.each<[string, Case, string]>([
    [
      'a number that is not the sender',
      { headers: from(NUMBER), authenticatedSender: '12025550122' },
      'from-not-authenticated',
    ],
    [
      'a mail address of a telephone',
      { headers: from('a@b.test'), authenticatedSender: NUMBER },
      'from-not-authenticated',
    ],
    ['a number when nobody is authenticated', { headers: from(NUMBER) }, 'from-address-given'],
    [
      'a header in a subject',
      { headers: { subject: { text: 'hi\r\nX-MSISDN: 12025550122' } } },
      'header-injection',
    ],
    [
      'a header in an application header',
      { applicationHeaders: [{ name: 'X-A', value: 'b\nVia: c' }] },
      'header-injection',
    ],
    [
      'a header in a list of values',
      { headers: { responseTexts: [{ text: 'a\nB: c' }] } },
      'header-injection',
    ],
    [
      'a control character in a recipient',
      { headers: { bcc: [{ text: `${NUMBER}\u0000` }] } },
      'address-control-characters',
    ],
    ['a line end in a transaction id', { headers: { transactionId: 'a\nb' } }, 'address-control-characters'],
    ['a tab in a file name', { fileName: 'a\t.jpg' }, 'address-control-characters'],
    ['another scheme', { headers: { contentLocation: 'file:///etc/passwd' } }, 'content-location-malformed'],
    ['no URL', { headers: { contentLocation: 'mmsc/x' } }, 'content-location-malformed'],
    [
      'user information',
      { headers: { contentLocation: 'http://mmsc@evil.test/' } },
      'content-location-malformed',
    ],
    [
      'a foreign host',
      { headers: { contentLocation: 'http://evil.test/x' }, mmscHosts: new Set(['mmsc']) },
      'content-location-foreign',
    ],
    [
      'a host that hides its address',
      { headers: { contentLocation: 'http://0x7f000001/x' }, mmscHosts: new Set(['mmsc']) },
      'content-location-foreign',
    ],
  ])('finds %s', (_, message, code) => {
    expect(codesOf(message)).toEqual([code]);
  });

  it('takes a location of the longest length, and none longer', () => {
    const location = (length: number): string => `http://mmsc/${'x'.repeat(length - 12)}`;
    expect(codesOf({ headers: { contentLocation: location(CONTENT_LOCATION_LENGTH_MAX) } })).toEqual([]);
    expect(codesOf({ headers: { contentLocation: location(CONTENT_LOCATION_LENGTH_MAX + 1) } })).toEqual([
      'content-location-malformed',
    ]);
  });
});
