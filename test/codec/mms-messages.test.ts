import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { FIELDS } from '../../src/codec/mms-fields.ts';
import { MMS_MESSAGES } from '../../src/codec/mms-messages.ts';
import { MESSAGE_TYPE_TOKENS } from '../../src/codec/mms-tokens.ts';
import { decodePdu } from '../../src/codec/pdu.ts';

const TYPES = Object.values(MESSAGE_TYPE_TOKENS);

describe('MMS_MESSAGES', () => {
  it('has every type, in the order of its number', () => {
    expect(Object.keys(MMS_MESSAGES)).toEqual(TYPES);
  });

  it.each(TYPES)('names only known headers in %s, each once', (type) => {
    const { order } = MMS_MESSAGES[type];
    expect(order.filter((key) => !FIELDS.has(key))).toEqual([]);
    expect(new Set(order).size).toBe(order.length);
  });

  it.each(TYPES)('requires in %s only headers of its order', (type) => {
    const { order, required } = MMS_MESSAGES[type];
    expect(required.filter((key) => !order.includes(key))).toEqual([]);
    expect(order).not.toContain('messageType');
  });

  it.each(TYPES)('has Content-Type last in %s where it has content, and else not at all', (type) => {
    const { order, hasContent } = MMS_MESSAGES[type];
    expect(order.indexOf('contentType')).toBe(hasContent ? order.length - 1 : -1);
  });

  it('has content in five types', () => {
    expect(TYPES.filter((type) => MMS_MESSAGES[type].hasContent)).toEqual([
      'm-send-req',
      'm-retrieve-conf',
      'm-mbox-view-conf',
      'm-mbox-upload-req',
      'm-mbox-descr',
    ]);
  });

  it.each([
    ['m-send-req', ['transactionId', 'version', 'from', 'contentType']],
    ['m-send-conf', ['transactionId', 'version', 'responseStatus']],
    [
      'm-notification-ind',
      ['transactionId', 'version', 'messageClass', 'messageSize', 'expiry', 'contentLocation'],
    ],
    ['m-notifyresp-ind', ['transactionId', 'version', 'status']],
    ['m-retrieve-conf', ['version', 'date', 'contentType']],
    ['m-acknowledge-ind', ['transactionId', 'version']],
    ['m-delivery-ind', ['version', 'messageId', 'to', 'date', 'status']],
    ['m-read-rec-ind', ['version', 'messageId', 'to', 'from', 'readStatus']],
    ['m-read-orig-ind', ['version', 'messageId', 'to', 'from', 'date', 'readStatus']],
    ['m-forward-req', ['transactionId', 'version', 'from', 'contentLocation']],
    ['m-forward-conf', ['transactionId', 'version', 'responseStatus']],
    ['m-mbox-store-req', ['transactionId', 'version', 'contentLocation']],
    ['m-mbox-store-conf', ['transactionId', 'version', 'storeStatus']],
    ['m-mbox-view-req', ['transactionId', 'version']],
    ['m-mbox-view-conf', ['transactionId', 'version', 'responseStatus', 'contentType']],
    ['m-mbox-upload-req', ['transactionId', 'version', 'contentType']],
    ['m-mbox-upload-conf', ['transactionId', 'version', 'storeStatus']],
    ['m-mbox-delete-req', ['transactionId', 'version', 'contentLocations']],
    ['m-mbox-delete-conf', ['transactionId', 'version', 'responseStatuses']],
    ['m-mbox-descr', []],
    ['m-delete-req', ['transactionId', 'version', 'contentLocation']],
    ['m-delete-conf', ['transactionId', 'version', 'responseStatus']],
    ['m-cancel-req', ['transactionId', 'version', 'cancelId']],
    ['m-cancel-conf', ['transactionId', 'version', 'cancelStatus']],
  ] as const)('requires in %s what its table marks as mandatory', (type, required) => {
    expect(MMS_MESSAGES[type].required).toEqual(required);
    // What is required is reported, and nothing else is, where a PDU has no header at all.
    const { anomalies } = decodePdu(Uint8Array.of(0x8c, 0x80 + TYPES.indexOf(type)), {
      tolerate: REAL_WORLD,
    });
    expect(anomalies.map(({ code }) => code)).toEqual(required.map(() => 'header-missing'));
  });

  it('sends requests from the handset, and what answers and announces from the MMSC', () => {
    const fromHandset = TYPES.filter((type) => MMS_MESSAGES[type].sender === 'handset');
    expect(fromHandset.filter((type) => type.endsWith('-conf'))).toEqual(['m-cancel-conf']);
    expect(fromHandset).toContain('m-send-req');
    expect(fromHandset).not.toContain('m-notification-ind');
  });
});
