import type { MmscSettings, ProxySettings } from '../../src/proxy/settings.ts';

/** What a test changes in the settings; groups are merged. */
export type SettingsChanges = {
  readonly [Key in keyof ProxySettings]?: ProxySettings[Key] extends readonly unknown[]
    ? ProxySettings[Key]
    : Partial<ProxySettings[Key]>;
};

const SETTINGS = {
  listen: { host: '127.0.0.1', port: 0 },
  allowedMmscs: [],
  headers: {
    strip: ['x-wap-profile', 'profile'],
    identity: ['x-msisdn', 'x-wap-network-client-msisdn'],
    trustedGateways: [],
    viaName: 'guard',
  },
  limits: {
    bodyBytesMax: 1_000_000,
    headerBytesMax: 16_384,
    connectionsMax: 100,
    heldBytesMax: 10_000_000,
    mmscConnectionsMax: 10,
  },
  timeouts: {
    requestHeaderMs: 10_000,
    requestBodyMs: 10_000,
    idleMs: 10_000,
    mmscConnectMs: 5_000,
    mmscResponseMs: 10_000,
    drainMs: 1_000,
  },
  notInspected: { outbound: 'refuse', inbound: 'forward' },
  texts: { refused: 'This message was refused.', tryLater: 'Please try again later.' },
} as const satisfies Omit<ProxySettings, 'mmsc'>;

/** Settings for a proxy on a free loopback port in front of `mmsc`, with what the test changes. */
export function proxySettings(mmsc: MmscSettings, changes: SettingsChanges = {}): ProxySettings {
  return {
    listen: { ...SETTINGS.listen, ...changes.listen },
    mmsc: { ...mmsc, ...changes.mmsc },
    allowedMmscs: changes.allowedMmscs ?? SETTINGS.allowedMmscs,
    headers: { ...SETTINGS.headers, ...changes.headers },
    limits: { ...SETTINGS.limits, ...changes.limits },
    timeouts: { ...SETTINGS.timeouts, ...changes.timeouts },
    notInspected: { ...SETTINGS.notInspected, ...changes.notInspected },
    texts: { ...SETTINGS.texts, ...changes.texts },
  };
}
