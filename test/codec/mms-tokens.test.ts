import { describe, expect, it } from 'vitest';
import * as tokens from '../../src/codec/mms-tokens.ts';

const TABLES = Object.entries(tokens).map(([name, table]) => ({
  name,
  table: table,
}));

describe.each(TABLES)('$name', ({ table }) => {
  it('repeats no name, and holds octets of over 127 only', () => {
    expect(new Set(Object.values(table)).size).toBe(Object.keys(table).length);
    expect(
      Object.keys(table)
        .map(Number)
        .filter((octet) => octet < 0x80 || octet > 0xff),
    ).toEqual([]);
  });
});

describe('the token tables', () => {
  it('have every message type of 0x80 to 0x97', () => {
    const octets = Object.keys(tokens.MESSAGE_TYPE_TOKENS).map(Number);
    expect(octets).toEqual(Array.from({ length: 0x18 }, (_, index) => 0x80 + index));
  });

  it.each([
    [tokens.MESSAGE_TYPE_TOKENS[0x84], 'm-retrieve-conf'],
    [tokens.RESPONSE_STATUS_TOKENS[0x87], 'error-content-not-accepted'],
    [tokens.RESPONSE_STATUS_TOKENS[0xe5], 'error-permanent-content-not-accepted'],
    [tokens.RESPONSE_STATUS_TOKENS[0xe7], 'error-permanent-reply-charging-request-not-accepted'],
    [tokens.STATUS_TOKENS[0x83], 'deferred'],
    [tokens.YES_NO[0x80], 'yes'],
    [tokens.SENDER_VISIBILITY_TOKENS[0x80], 'hide'],
    [tokens.RETRIEVE_STATUS_TOKENS[0xe3], 'error-permanent-content-unsupported'],
    [tokens.READ_STATUS_TOKENS[0x81], 'deleted-without-being-read'],
  ])('have %s', (name, expected) => {
    expect(name).toBe(expected);
  });
});
