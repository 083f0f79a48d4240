import { describe, expect, it } from 'vitest';
import { authenticatedSender } from '../../src/proxy/authenticated-sender.ts';

const SETTINGS = { identity: ['x-wap-network-client-ip', 'x-msisdn', 'x-up-calling-line-id', 'x-vzw-mdn'] };

describe('authenticatedSender', () => {
  it.each([
    [['X-MSISDN', '12025550111'], '12025550111'],
    [['x-up-calling-line-id', ' 12025550111 '], '12025550111'],
    [['X-VZW-MDN', '2', 'X-MSISDN', '1'], '1'],
    [['X-MSISDN', '', 'X-VZW-MDN', '2'], '2'],
    [['X-WAP-Network-Client-IP', '10.0.0.1'], undefined],
    [['X-MDN', '3'], undefined],
    [[], undefined],
  ])('finds in %j the number %s', (headers, number) => {
    expect(authenticatedSender(headers, SETTINGS)).toBe(number);
  });
});
