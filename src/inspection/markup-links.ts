/** Where a link in markup leads, as a browser understands it. */

/** What following a link, or loading what it names, does. */
export type LinkKind =
  /** To a part or a place in the document, by name. */
  | 'local'
  /** To a part of the message, by Content-ID. */
  | 'part'
  /** Out of the message, to a host. */
  | 'network'
  /** Runs script. */
  | 'script'
  /** Opens a document that can hold script, and that stands in the link itself. */
  | 'active-data'
  /** Other data that stands in the link itself. */
  | 'data'
  /** Starts or installs an application. */
  | 'app'
  /** Dials a number, or writes a message to it. */
  | 'dial'
  /** Opens files and data of the device. */
  | 'device'
  /** A scheme that is none of these. */
  | 'other';

const SCHEMES: Readonly<Partial<Record<LinkKind, readonly string[]>>> = {
  part: ['cid', 'mid'],
  network: [
    'http',
    'https',
    'ftp',
    'ftps',
    'ws',
    'wss',
    'rtsp',
    'rtspu',
    'rtsps',
    'rtmp',
    'mms',
    'mmsh',
    'smb',
  ],
  script: ['javascript', 'vbscript', 'livescript', 'mocha'],
  data: ['data'],
  app: ['intent', 'android-app', 'market', 'itms-services', 'itms-apps', 'itms-appss'],
  dial: ['tel', 'callto', 'sms', 'smsto', 'mmsto', 'wtai'],
  device: ['file', 'content', 'jar', 'resource', 'res', 'chrome', 'blob', 'filesystem', 'view-source'],
};

const KIND_OF_SCHEME = new Map(
  Object.entries(SCHEMES).flatMap(([kind, schemes]) => schemes.map((scheme) => [scheme, kind as LinkKind])),
);

/** Characters that browsers leave out of a scheme, and more of the kind: an invisible one has no business there. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/gu;
const PERCENT = /%([0-9a-f]{2})/gi;
const SCHEME = /^([a-z][a-z0-9+.-]*):/;
const HOST_WITHOUT_SCHEME = /^[/\\]{2}/;
const ACTIVE_DATA = /^data:[^,]*(?:html|xml|script)/;

/** Judges a link whose entities are decoded (xml-tokens.ts). Escapes and invisible characters do not hide a scheme. */
export function linkKind(link: string): LinkKind {
  const plain = plainLink(link);
  if (HOST_WITHOUT_SCHEME.test(plain)) return 'network';
  const scheme = SCHEME.exec(plain)?.[1];
  if (scheme === undefined) return 'local';
  if (ACTIVE_DATA.test(plain)) return 'active-data';
  return KIND_OF_SCHEME.get(scheme) ?? 'other';
}

function plainLink(link: string): string {
  const unescaped = link.replace(PERCENT, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return unescaped.replace(INVISIBLE, '').toLowerCase();
}
