import { describe, expect, it } from 'vitest';
import { formatStartError, listenError } from '../../src/app/start-error.ts';

const LISTEN = { host: '127.0.0.1', port: 80 };

function systemError(code: string): Error {
  return Object.assign(new Error('listen failed'), { code });
}

describe('an error of the listener', () => {
  it.each([
    ['EADDRINUSE', 'address-in-use', 'listen.port'],
    ['EADDRNOTAVAIL', 'address-not-available', 'listen.host'],
    ['EACCES', 'address-forbidden', 'listen.port'],
    ['ENOTFOUND', 'address-unknown', 'listen.host'],
    ['EAI_AGAIN', 'address-unknown', 'listen.host'],
  ])('%s is %s, about %s', (code, expected, path) => {
    expect(listenError(systemError(code), LISTEN)).toMatchObject({ code: expected, path });
  });

  it.each([[systemError('EWHATEVER')], [new TypeError('a bug')], ['text'], [undefined]])(
    'that is not expected stays a bug: %s',
    (error) => {
      expect(listenError(error, LISTEN)).toBeUndefined();
    },
  );

  it('is one line with code, key, address and reason', () => {
    const error = listenError(systemError('EADDRINUSE'), LISTEN);
    expect(error && formatStartError(error)).toBe(
      'address-in-use: listen.port: 127.0.0.1 port 80: another program listens there',
    );
  });
});
