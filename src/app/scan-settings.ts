import { REAL_WORLD, STRICT, type DeviationCode } from '../codec/deviations.ts';
import { allowedMedia } from '../inspection/media-allow-list.ts';
import type { PoolSettings, ScanSettings } from '../scanning/scan-settings.ts';
import { DEFAULT_THREADS } from './config-scanning.ts';
import type { Config } from './config-schema.ts';
import { parseMmscUrl } from './mmsc-address.ts';

/** Makes what a scan takes of a checked configuration. Pure. */
export function scanSettings(config: Config): ScanSettings {
  const { codec, limits, sizes, media, urls } = config;
  return {
    decode: { limits: codec.limits, tolerate: tolerated(codec.tolerate) },
    bodyBytesMax: limits.bodyBytesMax,
    sizeLimits: sizes,
    allowedMedia: allowedMedia(media),
    urls,
    mmscHosts: new Set(
      [config.mmsc, ...config.allowedMmscs].map(({ url }) => parseMmscUrl(url)?.host ?? url),
    ),
  };
}

/** Makes what the pool of scan threads takes. Pure, but for the number of cores of this machine. */
export function poolSettings({ scanning }: Config): PoolSettings {
  return { ...scanning, threads: scanning.threads ?? DEFAULT_THREADS };
}

function tolerated(tolerate: Config['codec']['tolerate']): ReadonlySet<DeviationCode> {
  if (tolerate === 'real-world') return REAL_WORLD;
  return tolerate === 'strict' ? STRICT : new Set(tolerate);
}
