import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import type { TlsTexts } from '../../src/app/config-tls.ts';
import { proxySettings } from '../../src/app/proxy-settings.ts';
import type { ProxySettings } from '../../src/proxy/settings.ts';

const NO_TLS: TlsTexts = { listen: {}, furtherListeners: [], mmsc: {}, allowedMmscs: [] };

function settingsOf(value: object, tls: TlsTexts = NO_TLS): ProxySettings {
  const result = readConfig(JSON.stringify(value), {});
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return proxySettings(result.config, tls);
}

describe('the settings of the proxy', () => {
  it('have the defaults of the configuration', () => {
    const settings = settingsOf({});
    expect(settings).toMatchObject({
      listen: { name: 'main', host: '127.0.0.1', port: 8080 },
      mmsc: { host: '127.0.0.1', port: 8081, connect: { protocol: 'http:', host: '127.0.0.1', port: 8081 } },
      allowedMmscs: [],
      limits: { bodyBytesMax: 10 * 1024 * 1024 },
      timeouts: { drainMs: 10_000 },
      policy: { mode: 'enforce' },
      quarantine: { told: 'refused', retentionMs: { high: 30 * 86_400_000 } },
    });
    expect(settings.listen.tls).toBeUndefined();
  });

  it.each<[object, object]>([
    [
      { url: 'http://MMSC/' },
      { host: 'mmsc', port: 80, connect: { protocol: 'http:', host: 'mmsc', port: 80 } },
    ],
    [
      { url: 'http://mmsc/', connectTo: '[::1]:8002' },
      { host: 'mmsc', port: 80, connect: { protocol: 'http:', host: '::1', port: 8002 } },
    ],
    [
      { url: 'https://mmsc:444/', connectTo: '10.0.0.5:8443' },
      {
        host: 'mmsc',
        port: 444,
        connect: { protocol: 'https:', host: '10.0.0.5', port: 8443 },
        tls: { ca: 'CA', serverName: 'mmsc' },
      },
    ],
    [
      { url: 'http://mmsc/', connectTo: 'https://10.0.0.5', tls: { serverName: 'other' } },
      {
        host: 'mmsc',
        port: 80,
        connect: { protocol: 'https:', host: '10.0.0.5', port: 443 },
        tls: { ca: 'CA', serverName: 'other' },
      },
    ],
    [
      { url: 'https://10.0.0.5/' },
      {
        host: '10.0.0.5',
        port: 443,
        connect: { protocol: 'https:', host: '10.0.0.5', port: 443 },
        tls: { ca: 'CA' },
      },
    ],
  ])('name the MMSC and where it is: %j', (mmsc, expected) => {
    const texts = { ...NO_TLS, mmsc: { ca: 'CA' }, allowedMmscs: [{ ca: 'CA' }] };
    expect(settingsOf({ mmsc }, texts).mmsc).toEqual(expected);
    expect(settingsOf({ allowedMmscs: [mmsc] }, texts).allowedMmscs).toEqual([expected]);
  });

  it('speak TLS to handsets when there is a certificate', () => {
    const tls = { certFile: 'a', keyFile: 'b', clientCaFile: 'c', clientCertificate: 'required' };
    const texts = { cert: 'A', key: 'B', ca: 'C' };
    expect(settingsOf({ listen: { tls } }, { ...NO_TLS, listen: texts }).listen.tls).toEqual({
      ...texts,
      clientCertificate: 'required',
    });
  });
});
