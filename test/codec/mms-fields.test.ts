import { describe, expect, it } from 'vitest';
import {
  fieldOf,
  FIELDS,
  MAILBOX_LIST_FIELDS,
  MAILBOX_LIST_TYPES,
  MMS_FIELDS,
} from '../../src/codec/mms-fields.ts';
import { MMS_MESSAGES } from '../../src/codec/mms-messages.ts';
import { MESSAGE_TYPE_TOKENS } from '../../src/codec/mms-tokens.ts';

const ROWS = Object.entries(MMS_FIELDS);

describe('MMS_FIELDS', () => {
  it('has every header of 0x81 to 0xBF, in order, once', () => {
    expect(ROWS.map(([, { octet }]) => octet)).toEqual(
      Array.from({ length: 0x3f }, (_, index) => 0x81 + index),
    );
  });

  it('repeats no name', () => {
    expect(new Set(ROWS.map(([, { name }]) => name.toLowerCase())).size).toBe(ROWS.length);
  });

  it.each([
    [0x81, 'Bcc'],
    [0x83, 'X-Mms-Content-Location'],
    [0x84, 'Content-Type'],
    [0x89, 'From'],
    [0x8b, 'Message-ID'],
    [0x8c, 'X-Mms-Message-Type'],
    [0x96, 'Subject'],
    [0x97, 'To'],
    [0xa0, 'X-Mms-Previously-Sent-By'],
    [0xa8, 'X-Mms-Attributes'],
    [0xb3, 'X-Mms-Limit'],
    [0xbf, 'X-Mms-Cancel-Status'],
  ])('has %i as %s', (octet, name) => {
    expect(fieldOf(octet, undefined)?.row.name).toBe(name);
  });
});

describe('fieldOf', () => {
  it.each([0x00, 0x7f, 0x80, 0xc0, 0xff])('assigns no header to %i', (octet) => {
    expect(fieldOf(octet, 'm-send-req')).toBeUndefined();
  });

  it.each(Object.values(MESSAGE_TYPE_TOKENS))('reads in %s what its order names', (type) => {
    const { order } = MMS_MESSAGES[type];
    const octets = order.map((key) => FIELDS.get(key)?.row.octet ?? 0);
    expect(octets.map((octet) => fieldOf(octet, type)?.key)).toEqual(order);
  });

  it.each(Object.entries(MAILBOX_LIST_FIELDS))('gives the list %s to the mailbox types only', (key, row) => {
    for (const type of MAILBOX_LIST_TYPES) expect(fieldOf(row.octet, type)?.key).toBe(key);
    expect(fieldOf(row.octet, 'm-send-conf')?.key).not.toBe(key);
    expect(fieldOf(row.octet, undefined)?.row.repeats).toBe(false);
  });
});

describe('FIELDS', () => {
  it('holds every row under its key', () => {
    const all = { ...MMS_FIELDS, ...MAILBOX_LIST_FIELDS };
    expect(FIELDS.size).toBe(Object.keys(all).length);
    for (const [key, row] of Object.entries(all)) expect([...FIELDS.values()]).toContainEqual({ key, row });
  });
});
