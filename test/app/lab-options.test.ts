import { Command, InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  handsetOptions,
  httpUrl,
  identityHeaders,
  repeated,
  wholeNumber,
} from '../../src/app/lab-options.ts';

describe('options of the lab', () => {
  it.each(['http://mmsc/', 'http://mmsc:8080/a?b'])('take the URL %s as it is', (url) => {
    expect(httpUrl(url)).toBe(url);
  });

  it.each(['mmsc', 'https://mmsc/', 'http:///', ''])('refuse %j as a URL', (url) => {
    expect(() => httpUrl(url)).toThrow(InvalidArgumentError);
  });

  it.each([
    ['0', 0],
    ['10', 10],
  ])('take %s as a whole number', (text, expected) => {
    expect(wholeNumber(10)(text)).toBe(expected);
  });

  it.each(['11', '-1', '1.5', '0x1', '', '1e1'])('refuse %j as a whole number of at most 10', (text) => {
    expect(() => wholeNumber(10)(text)).toThrow(InvalidArgumentError);
  });

  it('gather what is repeated', () => {
    expect(repeated('b', repeated('a'))).toEqual(['a', 'b']);
  });

  it('send the number of a subscriber as a gateway does, or not at all', () => {
    expect(identityHeaders({ mmsc: 'http://mmsc/', msisdn: '+1202' })).toEqual({ 'X-MSISDN': '+1202' });
    expect(identityHeaders({ mmsc: 'http://mmsc/' })).toEqual({});
  });

  it.each(['a b', 'a\r\nX: y', ''])('refuse %j as a number', (msisdn) => {
    const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    for (const option of handsetOptions()) command.addOption(option);
    expect(() => command.parse(['--msisdn', msisdn], { from: 'user' })).toThrow('It is no number.');
  });
});
