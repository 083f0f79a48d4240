import { isIP } from 'node:net';
import packageJson from '../../package.json' with { type: 'json' };
import { SEVERITIES } from '../inspection/finding.ts';
import type {
  ListenSettings,
  MmscSettings,
  ProxySettings,
  QuarantineSettings,
  TlsSettings,
} from '../proxy/settings.ts';
import type { Config } from './config-schema.ts';
import type { TlsTexts } from './config-tls.ts';
import { parseConnectTo, parseMmscUrl } from './mmsc-address.ts';
import { policySettings } from './policy-settings.ts';
import { scanSettings } from './scan-settings.ts';

/** Makes what the proxy takes of a checked configuration and the texts of its PEM files. Pure. */
export function proxySettings(config: Config, tls: TlsTexts): ProxySettings {
  return {
    listen: listenSettings(config.listen, tls.listen),
    furtherListeners: config.furtherListeners.map((listener, index) =>
      listenSettings(listener, tls.furtherListeners[index] ?? {}),
    ),
    mmsc: mmscSettings(config.mmsc, tls.mmsc),
    allowedMmscs: config.allowedMmscs.map((mmsc, index) => mmscSettings(mmsc, tls.allowedMmscs[index] ?? {})),
    headers: config.headers,
    limits: config.limits,
    timeouts: config.timeouts,
    policy: policySettings(config.policy),
    quarantine: quarantineSettings(config.quarantine),
    strip: config.strip,
    decode: scanSettings(config).decode,
    versions: { mmsguard: packageJson.version },
    texts: config.texts,
    replies: config.replies,
  };
}

const DAY_MS = 86_400_000;

function quarantineSettings({ retentionDays, ...quarantine }: Config['quarantine']): QuarantineSettings {
  const { told, inbound, whenFull, whenFailed } = quarantine;
  const retentionMs = Object.fromEntries(
    SEVERITIES.map((severity) => [severity, retentionDays[severity] * DAY_MS]),
  ) as QuarantineSettings['retentionMs'];
  return { told, inbound, whenFull, whenFailed, retentionMs };
}

function listenSettings({ name, host, port, tls }: Config['listen'], texts: TlsSettings): ListenSettings {
  if (tls.certFile === null) return { name, host, port };
  return { name, host, port, tls: { ...texts, clientCertificate: tls.clientCertificate } };
}

function mmscSettings(mmsc: Config['mmsc'], texts: TlsSettings): MmscSettings {
  const url = parseMmscUrl(mmsc.url);
  if (url === undefined) throw new RangeError(`not a checked URL: ${mmsc.url}`);
  const connect = mmsc.connectTo === null ? url : parseConnectTo(mmsc.connectTo, url.protocol);
  if (connect === undefined) throw new RangeError(`not a checked address: ${mmsc.connectTo ?? ''}`);
  const { host, port } = url;
  if (connect.protocol === 'http:') return { host, port, connect };
  // The certificate must carry the name that was asked for, not the address that it was found at.
  const serverName = mmsc.tls.serverName ?? (isIP(host) === 0 ? host : undefined);
  return { host, port, connect, tls: { ...texts, ...(serverName !== undefined && { serverName }) } };
}
