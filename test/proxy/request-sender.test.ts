import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/proxy/exchange-context.ts';
import { peerOf, senderOf } from '../../src/proxy/request-sender.ts';
import { proxySettings } from '../support/proxy-settings.ts';

type Asked = Pick<Exchange, 'request' | 'context'>;

interface Connection {
  readonly socket?: Partial<TLSSocket>;
  readonly clientCertificate?: 'none' | 'required';
  readonly isTrusted?: boolean;
}

/** As much of an exchange as is looked at. */
function exchangeOf({ socket = {}, clientCertificate, isTrusted = true }: Connection): Asked {
  const mmsc = { host: 'mmsc', port: 80, connect: { protocol: 'http:', host: 'mmsc', port: 80 } } as const;
  const listen = clientCertificate && { tls: { clientCertificate } };
  const settings = proxySettings(mmsc, listen && { listen });
  const request = { rawHeaders: ['X-MSISDN', '4917012345'], socket };
  return { request, context: { settings, isTrusted: () => isTrusted } } as unknown as Asked;
}

function tlsSocket(authorized: boolean): TLSSocket {
  const socket = new TLSSocket(new Socket());
  socket.authorized = authorized;
  return socket;
}

describe('senderOf', () => {
  it('is the number that a trusted gateway gives', () => {
    expect(senderOf(exchangeOf({}))).toBe('4917012345');
  });

  it('is nobody when the peer is not trusted, whatever it says', () => {
    expect(senderOf(exchangeOf({ isTrusted: false }))).toBeUndefined();
  });
});

describe('peerOf', () => {
  it('has the address of the connection, and no certificate on a plain one', () => {
    expect(peerOf(exchangeOf({ socket: { remoteAddress: '10.0.0.1' } }))).toEqual({
      address: '10.0.0.1',
      hasTrustedCertificate: false,
    });
  });

  it.each([
    ['required', true, true],
    ['required', false, false],
    ['none', true, false],
  ] as const)(
    'with client certificates %s and one that is checked (%s) has a trusted one: %s',
    (clientCertificate, authorized, expected) => {
      const exchange = exchangeOf({ clientCertificate, socket: tlsSocket(authorized) });
      expect(peerOf(exchange).hasTrustedCertificate).toBe(expected);
    },
  );
});
