import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  bytes,
  BYTES_MIN,
  cidrBlock,
  connectTo,
  count,
  headerNames,
  LIST_MAX,
  listenHost,
  milliseconds,
  mmscUrl,
  MS_MAX,
  MS_MIN,
  pemFile,
  subscriberText,
  TEXT_CHARACTERS_MAX,
  viaName,
} from '../../src/app/config-values.ts';

const TABLE: readonly (readonly [string, z.ZodType, readonly unknown[], readonly unknown[]])[] = [
  [
    'bytes',
    bytes(4096, 8192, ''),
    [BYTES_MIN, 8192],
    [BYTES_MIN - 1, 8193, 4096.5, '4096', null, NaN, Infinity],
  ],
  ['milliseconds', milliseconds(1000, ''), [MS_MIN, MS_MAX], [MS_MIN - 1, MS_MAX + 1, -1, 100.5, '1s']],
  ['count', count(1, 5, ''), [1, 5], [0, 6, 1.5, '1', null]],
  ['pemFile', pemFile(''), [null, 'a.pem'], ['', 1, []]],
  [
    'subscriberText',
    subscriberText('a', ''),
    ['a', 'Größe ✓', '{time}{reference}', 'x'.repeat(TEXT_CHARACTERS_MAX)],
    [
      '',
      'x'.repeat(TEXT_CHARACTERS_MAX + 1),
      'a\r\nb',
      'a\u0000',
      'a\u0085',
      '{subject}',
      '{Time}',
      '{',
      '}',
      '{{time}}',
      5,
    ],
  ],
  [
    'headerNames',
    headerNames([], ''),
    [[], ['x-msisdn'], Array.from({ length: LIST_MAX }, (_, index) => `x-${index}`)],
    [
      'x-msisdn',
      [''],
      ['a b'],
      ['a:'],
      ['a\r\n'],
      ['x'.repeat(65)],
      ['Content-Length'],
      ['host'],
      ['transfer-encoding'],
      Array.from({ length: LIST_MAX + 1 }, (_, index) => `x-${index}`),
    ],
  ],
  ['mmscUrl', mmscUrl, ['http://mmsc/'], ['http://mmsc/path', 'mmsc', '', 5]],
  [
    'connectTo',
    connectTo(''),
    [null, '10.0.0.5:8080', 'https://10.0.0.5:8443'],
    ['', 'http://10.0.0.5/a', 5],
  ],
  ['listenHost', listenHost, ['127.0.0.1', '::', 'localhost'], ['', '[::1]', '127.0.0', 'a b', '*', null]],
  [
    'cidrBlock',
    cidrBlock,
    ['10.0.0.0/8', '::/0', '10.0.0.1/32'],
    ['10.0.0.1', '10.0.0.0/33', '::/129', 'x', ''],
  ],
  ['viaName', viaName, ['mmsguard', 'a'.repeat(64)], ['', 'a b', 'a'.repeat(65), 'a\r\n', 'a,b']],
];

describe.each(TABLE)('%s', (_, schema, accepted, refused) => {
  it.each(accepted.map((value) => [value]))('takes %j', (value) => {
    expect(schema.safeParse(value)).toMatchObject({ success: true, data: value });
  });

  it.each(refused.map((value) => [value]))('refuses %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

it('makes header names lower case', () => {
  expect(headerNames([], '').parse(['X-MSISDN', 'Profile'])).toEqual(['x-msisdn', 'profile']);
});
