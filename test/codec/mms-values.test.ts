import { describe, expect, it } from 'vitest';
import {
  elementDescriptorValue,
  fromValue,
  mboxAmountValue,
  messageTypeValue,
  mmFlagsValue,
  opaqueValue,
  plainOrCounted,
  previouslySent,
  timeValue,
  versionValue,
} from '../../src/codec/mms-values.ts';
import { encodedStringValue } from '../../src/codec/encoded-string.ts';
import { RESPONSE_STATUS_TOKENS } from '../../src/codec/mms-tokens.ts';
import { tokenOf } from '../../src/codec/token.ts';
import type { ValueCodec } from '../../src/codec/value-codec.ts';
import { longInteger, uri } from '../../src/codec/wsp-values.ts';
import { failureOf, hex, octets, read, written } from '../support/octets.ts';

interface Row {
  readonly name: string;
  readonly codec: ValueCodec<unknown>;
  readonly wire: string;
  readonly value: unknown;
  readonly anomalies: readonly string[];
}

const rows = <T>(
  name: string,
  codec: ValueCodec<T>,
  cases: readonly (readonly [string, T, ...string[]])[],
): Row[] =>
  cases.map(([wire, value, ...anomalies]) => ({
    name,
    codec: codec,
    wire,
    value,
    anomalies,
  }));

const address = (text: string, charset?: number) => ({
  kind: 'address' as const,
  address: charset === undefined ? { text } : { text, charset },
});

const ROWS: readonly Row[] = [
  ...rows('From', fromValue, [
    ['01 81', { kind: 'insert-address' }],
    ["05 80 'a@b' 00", address('a@b')],
    ['07 80 05 ea 7f c3 a9 00', address('é', 106)],
    ['02 81 00', { kind: 'insert-address' }, 'value-length-mismatch@2'],
    ["07 80 'a@b' 00 'x' 00", address('a@b'), 'value-length-mismatch@6'],
    ["1f 05 80 'a@b' 00", address('a@b'), 'value-length-overlong@0'],
    [`20 80 '${'n'.repeat(30)}' 00`, address('n'.repeat(30)), 'value-length-as-octet@0'],
    [`7f 80 '${'n'.repeat(125)}' 00`, address('n'.repeat(125)), 'value-length-as-octet@0'],
    ["1f 80 05 80 'a@b' 00", address('a@b'), 'uintvar-overlong@1', 'value-length-overlong@0'],
  ]),
  ...rows('a time', timeValue, [
    ['06 80 04 65 53 f1 00', { kind: 'absolute', seconds: 1_700_000_000 }],
    ['03 81 01 3c', { kind: 'relative', seconds: 60 }],
    ['02 81 bc', { kind: 'relative', seconds: 60 }, 'integer-overlong@2'],
    ['05 81 03 00 0e 10', { kind: 'relative', seconds: 3600 }, 'integer-overlong@2'],
    ['04 81 01 3c 00', { kind: 'relative', seconds: 60 }, 'value-length-mismatch@4'],
  ]),
  ...rows('a message type', messageTypeValue, [
    ['80', 'm-send-req'],
    ['97', 'm-cancel-conf'],
  ]),
  ...rows('a version', versionValue, [
    ['90', '1.0'],
    ['93', '1.3'],
    ['9f', '1'],
    ['80', '0.0'],
    ['fe', '7.14'],
  ]),
  ...rows('Previously-Sent-By', previouslySent(encodedStringValue), [
    ["05 81 'a@b' 00", { hop: 1, value: { text: 'a@b' } }],
  ]),
  ...rows('Previously-Sent-Date', previouslySent(longInteger), [
    ['06 81 04 65 53 f1 00', { hop: 1, value: 1_700_000_000 }],
    ['08 02 01 00 04 65 53 f1 00', { hop: 256, value: 1_700_000_000 }],
  ]),
  ...rows('MM-Flags', mmFlagsValue, [
    ["04 80 'ab' 00", { action: 'add', keyword: { text: 'ab' } }],
    ["04 83 'ab' 00", { action: 0x83, keyword: { text: 'ab' } }, 'token-unassigned@1'],
  ]),
  ...rows('Mbox-Totals', mboxAmountValue, [
    ['02 80 8c', { unit: 'messages', amount: 12 }],
    ['04 81 02 01 00', { unit: 'octets', amount: 256 }],
  ]),
  ...rows('Element-Descriptor', elementDescriptorValue, [
    ["04 'a' 00 89 9e", { reference: 'a', parameters: [{ name: 'type', value: 'image/jpeg' }] }],
    ["02 'a' 00", { reference: 'a', parameters: [] }],
  ]),
  ...rows('a counted Content-Location', plainOrCounted(uri), [
    ["'http://h' 00", 'http://h'],
    ["0a 81 'http://h' 00", { count: 1, value: 'http://h' }],
  ]),
  ...rows('a counted Response-Status', plainOrCounted(tokenOf(RESPONSE_STATUS_TOKENS)), [
    ['80', 'ok'],
    ['02 82 e4', { count: 2, value: 'error-permanent-message-not-found' }],
    ['02 82 05', { count: 2, value: 5 }, 'token-unassigned@2'],
  ]),
  ...rows('octets that are kept', opaqueValue, [
    ['84', octets('84')],
    ["02 'ab'", octets("02 'ab'")],
    ["'ab' 00", octets("'ab' 00")],
  ]),
];

describe('a compound value', () => {
  it.each(ROWS)('$name $wire is read, and reported', ({ codec, wire, value, anomalies }) => {
    expect(read(codec, wire)).toEqual({ value, anomalies, end: octets(wire).length });
  });

  it.each(ROWS)('$name $wire reads equal once it is written again', ({ codec, value }) => {
    expect(
      read(codec, octets(written(codec, value)), { tolerate: new Set(['token-unassigned']) }),
    ).toMatchObject({
      value,
    });
  });

  it.each(ROWS.filter(({ anomalies }) => anomalies.length === 0))(
    '$name $wire is canonical',
    ({ codec, wire, value }) => {
      expect(written(codec, value)).toBe(hex(octets(wire)));
    },
  );

  it.each([
    ['From', fromValue, '00', 'truncated@1'],
    ['From', fromValue, '01 82', 'value-malformed@1'],
    ['From', fromValue, '81', 'value-malformed@0'],
    ['From', fromValue, "04 80 'abc' 00", 'text-unterminated@2'],
    ['From', fromValue, '01 80', 'truncated@2'],
    ['a time', timeValue, '03 82 01 3c', 'value-malformed@1'],
    ['a time', timeValue, '01 80', 'truncated@2'],
    ['a time', timeValue, '02 80 00', 'integer-out-of-range@2'],
    ['a message type', messageTypeValue, '7f', 'message-type-unknown@0'],
    ['a message type', messageTypeValue, '98', 'message-type-unknown@0'],
    ['a version', versionValue, '13', 'value-malformed@0'],
    ['a counted Content-Location', plainOrCounted(uri), '01 81', 'truncated@2'],
  ] as readonly (readonly [string, ValueCodec<unknown>, string, string])[])(
    '%s %3$s cannot be read, whatever is tolerated',
    (_, codec, wire, failure) => {
      expect(failureOf(() => read(codec, wire))).toBe(failure);
    },
  );

  it.each(['', '8.0', '1.15', '1.3.4', '1.', 'one', '-1', '1.x'])('has no version %j', (version) => {
    expect(() => written(versionValue, version)).toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('has no time of %s seconds', (seconds) => {
    expect(() => written(timeValue, { kind: 'relative', seconds })).toThrow(RangeError);
  });
});
