import { describe, expect, it } from 'vitest';
import { headerRules, replyHeaders, requestHeaders } from '../../src/proxy/header-rules.ts';

const RULES = headerRules({
  strip: ['x-wap-profile', 'profile'],
  identity: ['x-msisdn'],
  trustedGateways: [],
  viaName: 'guard',
});
const REQUEST = { authority: 'mmsc', httpVersion: '1.1', isTrusted: false, bodyBytes: 3 };

const toMmsc = (received: string[], context: Partial<typeof REQUEST> = {}) =>
  requestHeaders(received, { ...REQUEST, ...context }, RULES);

describe('requestHeaders', () => {
  it('keeps order, case and duplicates, makes Host and length anew in their places, and adds Via', () => {
    const received = [
      'b',
      '1',
      'HOST',
      'other',
      'A',
      '2',
      'content-length',
      '003',
      'B',
      '3',
      'Via',
      '1.0 gateway',
    ];
    const expected = [
      'b',
      '1',
      'HOST',
      'mmsc',
      'A',
      '2',
      'content-length',
      '3',
      'B',
      '3',
      'Via',
      '1.0 gateway',
    ];
    expect(toMmsc(received)).toEqual([...expected, 'Via', '1.1 guard']);
  });

  it('adds Host and length when the handset sent none', () => {
    expect(toMmsc(['A', '1'], { httpVersion: '1.0' })).toEqual([
      ...['Host', 'mmsc', 'Content-Length', '3', 'A', '1', 'Via', '1.0 guard'],
    ]);
  });

  it('never asks for a piece of a message, which nobody could inspect', () => {
    expect(toMmsc(['Range', 'bytes=100-', 'If-Range', '"a"'])).toEqual([
      ...['Host', 'mmsc', 'Content-Length', '3', 'Via', '1.1 guard'],
    ]);
  });

  it('sends no length where there is no body to send', () => {
    const headers = requestHeaders(
      ['Host', 'mmsc', 'Content-Length', '0'],
      { ...REQUEST, bodyBytes: undefined },
      RULES,
    );
    expect(headers).toEqual(['Host', 'mmsc', 'Via', '1.1 guard']);
  });

  it('writes each made header once, however often it came', () => {
    const headers = toMmsc(['Host', 'a', 'Host', 'b', 'Content-Length', '1', 'Content-Length', '2']);
    expect(headers).toEqual(['Host', 'mmsc', 'Content-Length', '3', 'Via', '1.1 guard']);
  });

  it.each([
    'Connection',
    'Proxy-Connection',
    'Keep-Alive',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Expect',
  ])('drops the hop-by-hop header %s', (name) => {
    expect(toMmsc(['Host', 'a', name, 'x'])).not.toContain(name);
  });

  it('drops what Connection names, in any case and in several headers', () => {
    const headers = toMmsc([
      'Connection',
      'close, X-A',
      'connection',
      ' x-b ',
      'x-a',
      '1',
      'X-B',
      '2',
      'X-C',
      '3',
    ]);
    expect(headers).toEqual(['Host', 'mmsc', 'Content-Length', '3', 'X-C', '3', 'Via', '1.1 guard']);
  });

  it.each(['Host', 'Content-Length', 'Content-Type', 'Content-Encoding', 'Via'])(
    'does not let Connection take away %s',
    (name) => {
      expect(toMmsc(['Connection', name, name, 'x'])).toContain(name);
    },
  );

  it('does not let Connection take away the identity that a gateway added', () => {
    expect(toMmsc(['Connection', 'X-MSISDN', 'X-MSISDN', '1'], { isTrusted: true })).toContain('X-MSISDN');
  });

  it.each(['X-MSISDN', 'x-msisdn', 'X_MSISDN', 'x_Msisdn'])('drops %s of an untrusted peer', (name) => {
    expect(toMmsc([name, '+12025550111'])).not.toContain(name);
  });

  it('keeps the identity headers of a trusted gateway', () => {
    expect(toMmsc(['X-MSISDN', '+12025550111'], { isTrusted: true })).toContain('+12025550111');
  });

  it.each(['x-wap-profile', 'X-WAP-Profile', 'X_Wap_Profile', 'Profile'])(
    'strips %s, even of a trusted gateway',
    (name) => {
      expect(toMmsc([name, 'http://evil.example/'], { isTrusted: true })).not.toContain(name);
    },
  );

  it('passes credentials for the MMSC on', () => {
    expect(toMmsc(['Proxy-Authorization', 'Basic x'])).toContain('Proxy-Authorization');
  });
});

describe('replyHeaders', () => {
  const toHandset = (received: string[], bodyBytes: number | 'as-received' | undefined) =>
    replyHeaders(received, { httpVersion: '1.0', bodyBytes }, RULES);

  it('keeps order, case and duplicates, makes the length anew, and adds Via', () => {
    const received = [
      'Set-Cookie',
      'a',
      'Date',
      'd',
      'content-length',
      '9',
      'set-cookie',
      'b',
      'Host',
      'h',
      'X-MSISDN',
      '1',
    ];
    const expected = [
      'Set-Cookie',
      'a',
      'Date',
      'd',
      'content-length',
      '3',
      'set-cookie',
      'b',
      'Host',
      'h',
      'X-MSISDN',
      '1',
    ];
    expect(toHandset(received, 3)).toEqual([...expected, 'Via', '1.0 guard']);
  });

  it('adds the length that a chunked answer did not have', () => {
    expect(toHandset(['Transfer-Encoding', 'chunked', 'A', '1'], 3)).toEqual([
      ...['A', '1', 'Content-Length', '3', 'Via', '1.0 guard'],
    ]);
  });

  it('drops hop-by-hop headers and what Connection names', () => {
    expect(
      toHandset(['Connection', 'X-A', 'Keep-Alive', 'timeout=5', 'X-A', '1', 'Trailer', 'T'], undefined),
    ).toEqual([...['Via', '1.0 guard']]);
  });

  it.each([
    [
      'keeps the length of an answer that is about another one',
      ['Content-Length', '77'],
      ['Content-Length', '77'],
    ],
    ['makes up no length for it', [], []],
  ])('%s', (_, received, expected) => {
    expect(toHandset(received, 'as-received')).toEqual([...expected, 'Via', '1.0 guard']);
  });
});
