/** The media types of MMS, by family: what is one thing to a handset, whatever it is called. */

/** What decodes a part: the major part of a media type, and `application` for all that is none of the others. */
export type MediaKind = 'image' | 'audio' | 'video' | 'text' | 'application';

/**
 * Whether messages may carry a family. `off` waits for an operator to allow it; `never` is for what has no place in a
 * message between people, and no operator can allow it.
 */
export type MediaStanding = 'allowed' | 'off' | 'never';

/** One family. */
export interface MediaFamily {
  readonly kind: MediaKind;
  /** A container of the kind may hold this kind alone: a 3GP file with sound only. */
  readonly alsoHolds?: MediaKind;
  /** Its octets read as text, so that they may be labelled as text. */
  readonly isText?: true;
  readonly default: MediaStanding;
  /** Its labels: lower case, without parameters, and without the `x-` of `audio/x-wav`. */
  readonly mimes: readonly string[];
  /** Labels of other families that it is sent under by programs which do not know better. */
  readonly aliases: readonly string[];
  /** File name extensions: lower case, without the dot. */
  readonly extensions: readonly string[];
}

/** A row: labels and extensions are given in one string each. */
function family(
  kind: MediaKind,
  standing: MediaStanding,
  names: { readonly mimes: string; readonly aliases?: string; readonly extensions: string },
  more: Pick<MediaFamily, 'alsoHolds' | 'isText'> = {},
): MediaFamily {
  const { mimes, aliases = '', extensions } = names;
  return {
    kind,
    default: standing,
    mimes: words(mimes),
    aliases: words(aliases),
    extensions: words(extensions),
    ...more,
  };
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

const AS_TEXT = { isText: true } as const;

/** The labels of text whose kind the sender does not know. */
const PLAIN = 'text/plain';
const XML = 'text/xml application/xml';

/** The allowed families are those that 3GPP TS 26.140 and Android's MMS code name, with what handsets send today. */
const FAMILIES = {
  jpeg: family('image', 'allowed', {
    mimes: 'image/jpeg image/jpg image/pjpeg',
    extensions: 'jpg jpeg jpe jfif',
  }),
  png: family('image', 'allowed', { mimes: 'image/png image/apng', extensions: 'png apng' }),
  gif: family('image', 'allowed', { mimes: 'image/gif', extensions: 'gif' }),
  webp: family('image', 'allowed', { mimes: 'image/webp', extensions: 'webp' }),
  bmp: family('image', 'allowed', { mimes: 'image/bmp image/ms-bmp', extensions: 'bmp' }),
  wbmp: family('image', 'allowed', { mimes: 'image/vnd.wap.wbmp image/wbmp', extensions: 'wbmp' }),
  heif: family('image', 'allowed', {
    mimes: 'image/heic image/heif image/heic-sequence image/heif-sequence',
    extensions: 'heic heif hif',
  }),
  /** 3GP and MP4 are one: handsets write either brand under either label, and sound alone under all of them. */
  isomedia: family(
    'video',
    'allowed',
    {
      mimes: `video/3gpp video/3gp video/3gpp2 video/mp4 video/m4v video/quicktime application/mp4
        audio/3gpp audio/3gpp2 audio/mp4 audio/m4a audio/aac_mp4`,
      aliases: 'video/h263 audio/aac audio/amr audio/amr-nb audio/amr-wb',
      extensions: '3gp 3gpp 3g2 3ga mp4 m4a m4v mov qt',
    },
    { alsoHolds: 'audio' },
  ),
  amr: family('audio', 'allowed', {
    mimes: 'audio/amr audio/amr-nb audio/amr-wb',
    aliases: 'audio/3gpp',
    extensions: 'amr awb',
  }),
  aac: family('audio', 'allowed', { mimes: 'audio/aac audio/aacp audio/hx-aac-adts', extensions: 'aac' }),
  mp3: family('audio', 'allowed', {
    mimes: 'audio/mpeg audio/mp3 audio/mpg audio/mpeg3 audio/mpeg-3',
    extensions: 'mp3 mpga mp2',
  }),
  wav: family('audio', 'allowed', { mimes: 'audio/wav audio/wave audio/vnd.wave', extensions: 'wav' }),
  ogg: family('audio', 'allowed', {
    mimes: 'audio/ogg application/ogg audio/opus audio/vorbis',
    aliases: 'video/ogg',
    extensions: 'ogg oga opus',
  }),
  midi: family('audio', 'allowed', { mimes: 'audio/midi audio/mid audio/sp-midi', extensions: 'mid midi' }),
  imelody: family(
    'audio',
    'allowed',
    { mimes: 'audio/imelody text/imelody', aliases: PLAIN, extensions: 'imy' },
    AS_TEXT,
  ),
  qcp: family('audio', 'allowed', { mimes: 'audio/qcelp audio/vnd.qcelp', extensions: 'qcp' }),
  vcard: family(
    'text',
    'allowed',
    { mimes: 'text/vcard text/directory application/vcard', aliases: PLAIN, extensions: 'vcf' },
    AS_TEXT,
  ),
  vcal: family(
    'text',
    'allowed',
    { mimes: 'text/vcalendar text/calendar application/ics', aliases: PLAIN, extensions: 'vcs ics' },
    AS_TEXT,
  ),
  smil: family(
    'text',
    'allowed',
    {
      mimes: 'application/smil application/smil+xml',
      aliases: `text/html ${XML} ${PLAIN}`,
      extensions: 'smil smi',
    },
    AS_TEXT,
  ),
  /** With what has no magic of its own: handsets show an unknown `text/…` as plain text. */
  text: family('text', 'allowed', { mimes: `text/* ${PLAIN} ${XML}`, extensions: 'txt xml' }, AS_TEXT),

  avif: family('image', 'off', { mimes: 'image/avif image/avif-sequence', extensions: 'avif' }),
  svg: family(
    'image',
    'off',
    { mimes: 'image/svg+xml', aliases: `${XML} ${PLAIN}`, extensions: 'svg' },
    AS_TEXT,
  ),
  /** With DNG and the raw files of cameras, which are TIFF. */
  tiff: family('image', 'off', { mimes: 'image/tiff image/adobe-dng', extensions: 'tif tiff dng' }),
  'other-image': family('image', 'off', {
    mimes: 'image/jp2 image/j2c image/jxl image/icon image/vnd.microsoft.icon image/xcf image/canon-cr3',
    extensions: 'jp2 j2k jxl ico cur xcf cr3',
  }),
  evrc: family('audio', 'off', { mimes: 'audio/evrc', extensions: 'evc' }),
  'other-audio': family('audio', 'off', {
    mimes: `audio/flac audio/ac3 audio/vnd.dolby.dd-raw audio/eac3 audio/aiff audio/basic audio/caf audio/rmid
      audio/vnd.smaf application/vnd.smaf`,
    extensions: 'flac ac3 aif aiff au caf rmi mmf',
  }),
  /** Frames without a container: their magic is so short that it may be chance. */
  h263: family('video', 'off', { mimes: 'video/h263', extensions: '263' }),
  mpgv: family('video', 'off', { mimes: 'video/mpeg', extensions: 'mpg mpeg' }),
  webm: family(
    'video',
    'off',
    { mimes: 'video/webm audio/webm', extensions: 'webm' },
    { alsoHolds: 'audio' },
  ),
  'other-video': family(
    'video',
    'off',
    {
      mimes: `video/ogg video/vnd.avi video/avi video/msvideo video/matroska video/flv video/mp2t video/ms-wmv video/ms-asf
        audio/ms-wma application/vnd.ms-asf`,
      extensions: 'avi mkv flv wmv wma asf ogv m2ts',
    },
    { alsoHolds: 'audio' },
  ),
  html: family(
    'text',
    'off',
    {
      mimes: 'text/html application/xhtml+xml application/vnd.wap.xhtml+xml',
      aliases: `${XML} ${PLAIN}`,
      extensions: 'htm html xhtml',
    },
    AS_TEXT,
  ),
  /** Nothing but HTML, which is off, makes use of it. */
  css: family('text', 'off', { mimes: 'text/css', extensions: 'css' }, AS_TEXT),
  csv: family('text', 'off', { mimes: 'text/csv', extensions: 'csv' }, AS_TEXT),
  rtf: family(
    'text',
    'off',
    { mimes: 'application/rtf text/rtf', aliases: PLAIN, extensions: 'rtf' },
    AS_TEXT,
  ),
  pdf: family('application', 'off', { mimes: 'application/pdf', extensions: 'pdf' }),
  office: family('application', 'off', {
    mimes: `application/msword application/vnd.ms-excel application/vnd.ms-powerpoint application/cfb
      application/vnd.openxmlformats-officedocument application/vnd.oasis.opendocument
      application/vnd.openxmlformats-officedocument.wordprocessingml.document
      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
      application/vnd.openxmlformats-officedocument.presentationml.presentation
      application/epub+zip application/postscript`,
    extensions: 'doc xls ppt docx xlsx pptx docm xlsm odt ods odp epub ps eps',
  }),
  zip: family('application', 'off', {
    mimes: 'application/zip application/zip-compressed',
    extensions: 'zip',
  }),
  pkpass: family('application', 'off', { mimes: 'application/vnd.apple.pkpass', extensions: 'pkpass' }),
  gzip: family('application', 'off', { mimes: 'application/gzip', extensions: 'gz tgz svgz' }),
  archive: family('application', 'off', {
    mimes: `application/vnd.rar application/rar application/rar-compressed application/7z-compressed application/tar
      application/bzip2 application/xz application/zstd application/lz4 application/lzh-compressed
      application/ace-compressed application/arj`,
    extensions: 'rar 7z tar bz2 xz zst lzh ace arj iso',
  }),
  drm: family(
    'application',
    'off',
    {
      mimes: `application/vnd.oma.drm.message application/vnd.oma.drm.content application/vnd.oma.drm.dcf
        application/vnd.oma.drm.rights+xml application/vnd.oma.drm.rights+wbxml`,
      extensions: 'dm dcf odf dr drc',
    },
    AS_TEXT,
  ),
  /** What file systems keep beside files, and people send with them unknowing. */
  litter: family('application', 'off', { mimes: 'application/applefile', extensions: '' }),

  program: family('application', 'never', {
    mimes: `application/vnd.android.package-archive application/vnd.android.dex application/java-archive
      application/java-vm application/java application/java-jnlp-file text/vnd.sun.j2me.app-descriptor
      application/elf application/mach-binary application/executable application/msdownload application/dosexec
      application/vnd.microsoft.portable-executable application/vnd.symbian.install x-epoc/sisx-app
      application/vnd.ms-cab-compressed application/cab-compressed application/msi application/ms-shortcut
      application/ios-app application/apple-aspen-config application/shockwave-flash
      application/vnd.adobe.flash.movie application/sh application/shellscript application/wasm
      application/vnd.debian.binary-package application/rpm application/google-chrome-extension
      application/xpinstall application/appx application/vnd.ms-htmlhelp application/hta application/javascript
      text/javascript text/ecmascript text/vbscript application/ms-regedit application/mswinurl application/desktop`,
    extensions: `apk apks apkm xapk aab dex odex jar jad class jnlp ipa mobileconfig sis sisx exe dll scr pif cpl msi
      msp cab xap appx msix swf lnk bat cmd js jse vbs vbe wsf wsh hta ps1 reg chm sh elf so dmg pkg deb rpm crx xpi
      wasm url desktop`,
  }),
  font: family('application', 'never', {
    mimes: `font/ttf font/otf font/collection font/woff font/woff2 application/font-ttf application/font-woff
      application/vnd.ms-opentype application/vnd.ms-fontobject application/font-type1`,
    extensions: 'ttf otf ttc woff woff2 eot pfb',
  }),
  psd: family('application', 'never', {
    mimes: 'image/vnd.adobe.photoshop image/photoshop image/psd application/photoshop',
    extensions: 'psd psb',
  }),
  qmage: family('application', 'never', { mimes: 'image/qmg', extensions: 'qmg' }),
  ape: family('application', 'never', { mimes: 'audio/ape audio/monkeys-audio', extensions: 'ape' }),
  provisioning: family('application', 'never', {
    mimes: `application/vnd.wap.connectivity-wbxml text/vnd.wap.connectivity-xml application/vnd.wap.sic
      application/vnd.wap.slc application/vnd.wap.coc text/vnd.wap.si text/vnd.wap.sl text/vnd.wap.co
      application/vnd.syncml+wbxml application/vnd.syncml+xml application/vnd.syncml.dm+wbxml
      application/vnd.syncml.dm+xml application/vnd.syncml.notification application/vnd.syncml.ds.notification
      application/vnd.wap.locc+wbxml application/vnd.wap.loc+xml`,
    extensions: 'wbxml sic slc coc',
  }),
  certificate: family('application', 'never', {
    mimes: `application/x509-ca-cert application/x509-user-cert application/pkix-cert application/pkcs12
      application/pkcs7-mime application/pkcs7-signature application/pkcs7-certificates application/pem-file
      application/vnd.wap.wtls-ca-certificate application/vnd.wap.wtls-user-certificate
      application/vnd.wap.hashed-certificate application/vnd.wap.signed-certificate
      application/vnd.wap.cert-response application/vnd.wap.rollover-certificate
      application/x968-cross-cert application/x968-ca-cert application/x968-user-cert`,
    extensions: 'cer crt der pem p12 pfx p7b p7m',
  }),
  /** A message is forwarded by sending its parts; one inside another hides them. */
  message: family('application', 'never', { mimes: 'application/vnd.wap.mms-message', extensions: 'mms' }),
};

/** The name of a family. */
export type FamilyName = keyof typeof FAMILIES;

/** Every family by its name. */
export const MEDIA_FAMILIES: Readonly<Record<FamilyName, MediaFamily>> = FAMILIES;

/** True for the name of a family. */
export function isFamilyName(name: string | undefined): name is FamilyName {
  return name !== undefined && Object.hasOwn(FAMILIES, name);
}

/**
 * A media type in the form in which types are compared: lower case, without parameters, quotes, spaces, and the `x-`
 * of an unregistered subtype.
 */
export function mediaTypeKey(mediaType: string): string {
  const [type = ''] = mediaType.toLowerCase().split(';');
  return type.replace(/[\s"']/g, '').replace('/x-', '/');
}

const BY_MIME = indexBy(({ mimes }) => mimes);
const BY_EXTENSION = indexBy(({ extensions }) => extensions);

function indexBy(keysOf: (family: MediaFamily) => readonly string[]): ReadonlyMap<string, FamilyName> {
  const names = Object.keys(FAMILIES).filter(isFamilyName);
  return new Map(names.flatMap((name) => keysOf(MEDIA_FAMILIES[name]).map((key) => [key, name] as const)));
}

/** The family of a label; undefined for a label that we do not know. An unknown `text/…` is text. */
export function familyOfType(mediaType: string): FamilyName | undefined {
  const key = mediaTypeKey(mediaType);
  return BY_MIME.get(key) ?? (key.startsWith('text/') ? 'text' : undefined);
}

/** True when a label is right for a family, or one of those that senders are known to put on it. */
export function isLabelOf(name: FamilyName, mediaType: string): boolean {
  const { aliases } = MEDIA_FAMILIES[name];
  return familyOfType(mediaType) === name || aliases.includes(mediaTypeKey(mediaType));
}

/** The family of a file name extension: lower case, without the dot. */
export function familyOfExtension(extension: string): FamilyName | undefined {
  return BY_EXTENSION.get(extension);
}

const MAJOR_KINDS: readonly MediaKind[] = ['image', 'audio', 'video', 'text'];

/** What a label makes a handset decode a part with: its major type; by family for `application/smil` and its like. */
export function kindOfType(mediaType: string): MediaKind {
  const major = mediaTypeKey(mediaType).split('/')[0];
  const name = familyOfType(mediaType);
  const ownKind = name === undefined ? 'application' : MEDIA_FAMILIES[name].kind;
  return MAJOR_KINDS.find((kind) => kind === major) ?? ownKind;
}

/** True for a part that is text by its content, or that its label makes a handset read as text. */
export function isTextual(declaredType: string, contentFamily: string | undefined): boolean {
  const families = [contentFamily, familyOfType(declaredType)].filter(isFamilyName);
  return families.some((name) => MEDIA_FAMILIES[name].isText === true);
}
