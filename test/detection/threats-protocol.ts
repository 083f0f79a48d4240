/** PDUs that attack those who read them, or say what is not so (threats, 8). What stands only in HTTP is not here. */
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import { messageWith, type TestPart } from '../support/messages-with.ts';
import { pduBytes, sendRequest } from '../support/mms-messages.ts';
import { joined, type Piece } from '../support/sample-octets.ts';
import { blocked, harmless, noted, type Subject, type ThreatRow } from './threat.ts';

/** An m-send-req as far as its headers, written octet by octet. */
const raw = (...pieces: readonly Piece[]): Subject => ({
  body: joined([0x8c, 0x80, 0x98], 'T\0', [0x8d, 0x92], ...pieces),
});

const INSERT_ADDRESS = [0x89, 1, 0x81];
const MIXED = [0x84, 0xa3];

const sending = (headers: MmsHeaders): Subject => ({ body: sendRequest(headers) });
const to = (text: string): Subject => sending({ to: [{ text }] });
const from = (text: string): MmsHeaders => ({ from: { kind: 'address', address: { text } } });
const NUMBER = '+12025550111/TYPE=PLMN';

const within = (depth: number): TestPart =>
  depth === 0 ? {} : { type: 'application/vnd.wap.multipart.mixed', bytes: '', nested: [within(depth - 1)] };

const notification = (contentLocation: string): Subject => ({
  body: pduBytes('m-notification-ind', {
    transactionId: 'N-1',
    version: '1.2',
    messageClass: 'personal',
    messageSize: 30_000,
    expiry: { kind: 'relative', seconds: 86_400 },
    contentLocation,
  }),
  context: { direction: 'inbound' },
  settings: { mmscHosts: new Set(['mmsc.example']) },
});

/** Rows of section 8. */
export const PROTOCOL_THREATS: readonly ThreatRow[] = [
  {
    title: 'PDU',
    threats: [
      blocked(
        '8C 82 89 40: a From whose length is none',
        { body: Uint8Array.of(0x8c, 0x82, 0x89, 0x40), context: { direction: 'inbound' } },
        'truncated',
      ),
      blocked(
        'a length of six octets',
        raw(INSERT_ADDRESS, MIXED, [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
        ...['codec-multipart-malformed', 'multipart-not-read'],
      ),
      blocked(
        'a count of parts of 2^32',
        raw(INSERT_ADDRESS, MIXED, [0x8f, 0xff, 0xff, 0xff, 0x7f]),
        'limit-parts',
      ),
      noted(
        'a part that reaches past the end',
        raw(INSERT_ADDRESS, MIXED, [1, 1, 0x8f, 0x7f, 0x83, 0x61]),
        'codec-part-truncated',
      ),
      blocked('five multiparts in one another', { body: messageWith([within(5)]) }, 'limit-nesting'),
      blocked('a From of 64 KiB', sending(from('a'.repeat(65_536))), 'limit-text-bytes'),
    ],
    lookAlikes: [
      harmless('an ordinary message', { body: sendRequest() }),
      harmless('multiparts as deep as handsets nest them', { body: messageWith([within(2)]) }),
    ],
  },
  {
    title: 'From',
    threats: [
      noted(
        'a number that is not the sender',
        { ...sending(from(NUMBER)), context: { authenticatedSender: '12025550122' } },
        'from-not-authenticated',
      ),
      noted('a number when the sender is not known', sending(from(NUMBER)), 'from-address-given'),
    ],
    lookAlikes: [
      harmless('the address to be filled in', {
        ...sending({}),
        context: { authenticatedSender: '12025550122' },
      }),
      harmless('the number of the sender', {
        ...sending(from('0012025550111')),
        context: { authenticatedSender: '12025550111' },
      }),
    ],
  },
  {
    title: 'injection',
    threats: [
      blocked('a header in a recipient', to(`${NUMBER}\r\nX-MSISDN: 12025550122`), 'header-injection'),
      blocked(
        'a header in a subject',
        sending({ subject: { text: 'hi\r\nX-MSISDN: 1' } }),
        'header-injection',
      ),
      blocked('a control character in a recipient', to('+1202\x01555'), 'address-control-characters'),
    ],
    lookAlikes: [harmless('a subject of two lines', sending({ subject: { text: 'see you\r\n at eight' } }))],
  },
  {
    title: 'SSRF, fingerprint',
    threats: [
      ...[
        ...['http://127.0.0.1/a', 'http://[::1]/a', 'http://0x7f000001/a', 'http://evil.example/a'],
        'http://169.254.169.254/latest',
      ].map((url) => blocked(url, notification(url), 'content-location-foreign')),
      ...['http://mmsc.example@10.0.0.1/a', 'file:///etc/passwd'].map((url) =>
        blocked(url, notification(url), 'content-location-malformed'),
      ),
      blocked(
        'an address of more than 1 KiB',
        notification(`http://mmsc.example/${'a'.repeat(1100)}`),
        'content-location-malformed',
      ),
    ],
    lookAlikes: [harmless('an address of ours', notification('http://mmsc.example/mms?id=1'))],
  },
];
