import { policyOf } from './policies.ts';
import type { MmscSettings, ProxySettings } from '../../src/proxy/settings.ts';

/** What a test changes in the settings; groups are merged. */
export type SettingsChanges = {
  readonly [Key in keyof ProxySettings]?: ProxySettings[Key] extends readonly unknown[]
    ? ProxySettings[Key]
    : Partial<ProxySettings[Key]>;
};

const DAY_MS = 86_400_000;

const SETTINGS = {
  listen: { name: 'main', host: '127.0.0.1', port: 0 },
  furtherListeners: [],
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
  policy: policyOf({
    entries: [
      { when: { directions: ['inbound'], notInspected: ['undecodable', 'over-limit'] }, action: 'forward' },
    ],
  }),
  quarantine: {
    told: 'refused',
    inbound: 'keep',
    whenFull: 'throttle',
    whenFailed: 'throttle',
    retentionMs: { info: DAY_MS, low: DAY_MS, medium: DAY_MS, high: DAY_MS, critical: 2 * DAY_MS },
  },
  strip: { keepLength: false },
  decode: {},
  versions: { mmsguard: 'test' },
  texts: {
    language: 'en',
    refused: 'This message was refused.',
    tryLater: 'Please try again later.',
    stripped: 'A part was removed.',
    held: 'This message is held.',
    languages: {},
    byPrefix: {},
  },
  replies: { throttledStatus: 'error-transient-failure', transientRetrieve: 'http-error' },
} as const satisfies Omit<ProxySettings, 'mmsc'>;

/** Settings for a proxy on a free loopback port in front of `mmsc`, with what the test changes. */
export function proxySettings(mmsc: MmscSettings, changes: SettingsChanges = {}): ProxySettings {
  return {
    listen: { ...SETTINGS.listen, ...changes.listen },
    furtherListeners: changes.furtherListeners ?? SETTINGS.furtherListeners,
    mmsc: { ...mmsc, ...changes.mmsc },
    allowedMmscs: changes.allowedMmscs ?? SETTINGS.allowedMmscs,
    headers: { ...SETTINGS.headers, ...changes.headers },
    limits: { ...SETTINGS.limits, ...changes.limits },
    timeouts: { ...SETTINGS.timeouts, ...changes.timeouts },
    policy: { ...SETTINGS.policy, ...changes.policy },
    quarantine: { ...SETTINGS.quarantine, ...changes.quarantine },
    strip: { ...SETTINGS.strip, ...changes.strip },
    decode: { ...SETTINGS.decode, ...changes.decode },
    versions: { ...SETTINGS.versions, ...changes.versions },
    texts: { ...SETTINGS.texts, ...changes.texts },
    replies: { ...SETTINGS.replies, ...changes.replies },
  };
}
