import { describe, expect, it } from 'vitest';
import { isConnectable, parseConnectTo, parseMmscUrl } from '../../src/app/mmsc-address.ts';

describe('the URL of an MMSC', () => {
  it.each([
    ['http://mmsc/', { protocol: 'http:', host: 'mmsc', port: 80 }],
    ['http://mmsc', { protocol: 'http:', host: 'mmsc', port: 80 }],
    ['HTTPS://MMSC.Carrier.example/', { protocol: 'https:', host: 'mmsc.carrier.example', port: 443 }],
    ['http://10.0.0.1:65535/', { protocol: 'http:', host: '10.0.0.1', port: 65535 }],
    ['http://[2001:DB8::1]:8002/', { protocol: 'http:', host: '2001:db8::1', port: 8002 }],
    ['http://127.000.000.001/', { protocol: 'http:', host: '127.000.000.001', port: 80 }],
    ['http://mmsc./', { protocol: 'http:', host: 'mmsc.', port: 80 }],
  ])('reads %s letter by letter', (text, address) => {
    expect(parseMmscUrl(text)).toEqual(address);
  });

  it.each([
    '',
    'mmsc',
    'mmsc:80',
    'ftp://mmsc/',
    'http:///',
    'http://mmsc/servlets/mms',
    'http://mmsc/?a',
    'http://mmsc/#a',
    'http://user:password@mmsc/',
    'http://mmsc:0/',
    'http://mmsc:080/',
    'http://mmsc:65536/',
    'http://mmsc:99999/',
    'http://mm sc/',
    'http://mmsc/\n',
    'http://%6d/',
    'http://2001:db8::1/',
  ])('refuses %j', (text) => {
    expect(parseMmscUrl(text)).toBeUndefined();
  });
});

describe('the address that connections really go to', () => {
  it.each([
    ['10.0.0.5:8080', { protocol: 'https:', host: '10.0.0.5', port: 8080 }],
    ['mmsc.internal', { protocol: 'https:', host: 'mmsc.internal', port: 443 }],
    ['http://10.0.0.5:8080', { protocol: 'http:', host: '10.0.0.5', port: 8080 }],
    ['[::1]:80', { protocol: 'https:', host: '::1', port: 80 }],
  ])('reads %s, and takes the protocol of the URL where it names none', (text, address) => {
    expect(parseConnectTo(text, 'https:')).toEqual(address);
  });

  it.each([
    '',
    ':80',
    'host:',
    'host:70000',
    '010.0.0.1:80',
    '10.0.1:80',
    '[:::]:80',
    'a:b@c:80',
    'host:80/path',
  ])('refuses %j', (text) => {
    expect(parseConnectTo(text, 'http:')).toBeUndefined();
  });
});

describe('a host that can be connected to', () => {
  it.each([
    ['localhost', true],
    ['10.0.0.1', true],
    ['::', true],
    ['', false],
    ['010.0.0.1', false],
    ['1', false],
    ['a b', false],
    ['[::1]', false],
  ])('%j: %s', (host, expected) => {
    expect(isConnectable(host)).toBe(expected);
  });
});
