import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';

const PAIR = 'certFile: a.pem, keyFile: b.pem';

describe('rules between keys', () => {
  it.each([
    ['a certificate without its key', `listen: {tls: {certFile: a.pem}}`, ['listen.tls.keyFile']],
    ['a key without its certificate', `listen: {tls: {keyFile: a.pem}}`, ['listen.tls.certFile']],
    [
      'client certificates without TLS',
      `listen: {tls: {clientCertificate: required}}`,
      ['listen.tls.clientCertificate', 'listen.tls.clientCertificate'],
    ],
    [
      'client certificates without an authority',
      `listen: {tls: {${PAIR}, clientCertificate: required}}`,
      ['listen.tls.clientCertificate'],
    ],
    [
      'an authority that is not used',
      `listen: {tls: {${PAIR}, clientCaFile: c.pem}}`,
      ['listen.tls.clientCaFile'],
    ],
    ['TLS keys for a plain MMSC', `mmsc: {tls: {caFile: a.pem}}`, ['mmsc.tls']],
    [
      'TLS keys for a plain connection to an https MMSC',
      `mmsc: {url: 'https://mmsc/', connectTo: 'http://10.0.0.1:80', tls: {caFile: a.pem}}`,
      ['mmsc.tls'],
    ],
    [
      'half a client certificate for an MMSC',
      `mmsc: {url: 'https://mmsc/', tls: {certFile: a.pem}}`,
      ['mmsc.tls.keyFile'],
    ],
    ['a host that nothing can be connected to', `mmsc: {url: 'http://127.000.000.001/'}`, ['mmsc.url']],
    ['a body that is over what all may hold', 'limits: {heldBytesMax: 10485759}', ['limits.heldBytesMax']],
    ['a body that is over what is decoded', 'limits: {bodyBytesMax: 10485761}', ['codec.limits.pduBytesMax']],
    [
      'an MMSC that is named twice',
      `mmsc: {url: 'http://mmsc/'}\nallowedMmscs: [{url: 'http://a/'}, {url: 'HTTP://MMSC:80/'}, {url: 'http://a:80'}]`,
      ['allowedMmscs[1].url', 'allowedMmscs[2].url'],
    ],
    [
      'a rule inside a list',
      `allowedMmscs: [{url: 'http://a/', tls: {caFile: a.pem}}]`,
      ['allowedMmscs[0].tls'],
    ],
  ])('refuse %s', (_, text, paths) => {
    const result = readConfig(text, {});
    expect(result.ok ? [] : result.errors.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    ['TLS', `listen: {tls: {${PAIR}}}`],
    ['mutual TLS', `listen: {tls: {${PAIR}, clientCaFile: c.pem, clientCertificate: required}}`],
    [
      'TLS to an http MMSC',
      `mmsc: {url: 'http://mmsc/', connectTo: 'https://10.0.0.1', tls: {caFile: a.pem}}`,
    ],
    [
      'a padded address with its real one',
      `mmsc: {url: 'http://127.000.000.001/', connectTo: '127.0.0.1:80'}`,
    ],
    ['limits that are equal', 'limits: {heldBytesMax: 10485760}\ncodec: {limits: {pduBytesMax: 10485760}}'],
    ['one host on two ports', `allowedMmscs: [{url: 'http://a/'}, {url: 'https://a/'}]`],
  ])('accept %s', (_, text) => {
    expect(readConfig(text, {})).toMatchObject({ ok: true });
  });
});
