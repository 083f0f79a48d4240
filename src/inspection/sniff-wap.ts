/** What belongs to the mobile network and to trust, not to people: provisioning, certificates, messages, rights. */
import type { Octets } from './octets.ts';
import { isBetween, sniffByTable, u8, type FormatRow, type Sniffed } from './sniff-format.ts';

const WBXML: Sniffed = {
  mediaType: 'application/vnd.wap.connectivity-wbxml',
  family: 'provisioning',
  format: 'wbxml',
};
const CERTIFICATE: Sniffed = { mediaType: 'application/pkix-cert', family: 'certificate', format: 'x509' };
const PKCS7: Sniffed = { mediaType: 'application/pkcs7-mime', family: 'certificate', format: 'pkcs7' };
const PKCS12: Sniffed = { mediaType: 'application/x-pkcs12', family: 'certificate', format: 'pkcs12' };
const MESSAGE: Sniffed = { mediaType: 'application/vnd.wap.mms-message', family: 'message', format: 'mms' };
const DCF: Sniffed = { mediaType: 'application/vnd.oma.drm.content', family: 'drm', format: 'dcf' };

const ROWS: readonly FormatRow[] = [
  { ...WBXML, matches: isProvisioning },
  {
    ...CERTIFICATE,
    matches: (octets) => octets.startsWith('\xa0\x03\x02\x01', sequence(octets, sequence(octets, 0))),
  },
  { ...PKCS7, matches: (octets) => octets.startsWith(PKCS7_IDENTIFIER, sequence(octets, 0)) },
  { ...PKCS12, matches: (octets) => octets.startsWith('\x02\x01\x03\x30', sequence(octets, 0)) },
  { ...MESSAGE, matches: isMessage },
  { ...DCF, matches: isProtectedContent },
];

/** Documents for devices and not for people. Their magic is weak, so each is told by several octets that agree. */
export const sniffWap = sniffByTable(ROWS);

/** Public identifiers of SI, SL, CO and PROV (WAP-192-WBXML 7.2), and of SyncML and its device management (OMNA). */
const PUBLIC_IDENTIFIERS = [
  '\x05',
  '\x06',
  '\x07',
  '\x0b',
  '\x9f\x51',
  '\x9f\x52',
  '\x9f\x53',
  '\x9f\x54',
  '\xa4\x01',
  '\xa4\x03',
];
/** UTF-8, US-ASCII, ISO-8859-1, and unknown. */
const CHARSETS = [0x6a, 0x03, 0x04, 0x00];

/** A version 1.1 to 1.3, a public identifier that configures or pushes, and a charset (WAP-192-WBXML 5.3). */
function isProvisioning(octets: Octets): boolean {
  const identifier = PUBLIC_IDENTIFIERS.find((characters) => octets.startsWith(characters, 1));
  if (identifier === undefined || !isBetween(u8(octets, 0), 1, 3)) return false;
  return CHARSETS.includes(u8(octets, 1 + identifier.length));
}

/** The object identifier 1.2.840.113549.1.7, but for its last number. */
const PKCS7_IDENTIFIER = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07';

/** Where the content of the DER sequence at `at` begins; NaN for what is none. */
function sequence(octets: Octets, at: number): number {
  if (u8(octets, at) !== 0x30) return Number.NaN;
  const length = u8(octets, at + 1);
  return at + 2 + (length > 0x80 ? length & 0x7f : 0);
}

/** Octets in which the version stands: behind a transaction or message identifier, which have tens of characters. */
const MESSAGE_HEAD_OCTETS = 256;

/**
 * X-Mms-Message-Type, which comes first, an identifier or none, X-Mms-MMS-Version (OMA-TS-MMS_ENC 6 and 7.3). Japanese
 * text may begin with the same octets, but it has no NUL.
 */
function isMessage(octets: Octets): boolean {
  if (u8(octets, 0) !== 0x8c) return false;
  const head = octets.latin1(0, Math.min(octets.length, MESSAGE_HEAD_OCTETS)) ?? '';
  return /^\x8c[\x80-\x97](?:[\x98\x8b][\x20-\x7e]*\0)?\x8d[\x90-\x93]/.test(head) && head.includes('\0');
}

/** OMA-DRM-CF 1.0: version 1, two lengths, then a media type and a URI of these lengths. */
function isProtectedContent(octets: Octets): boolean {
  if (u8(octets, 0) !== 1) return false;
  const typeLength = u8(octets, 1);
  return (
    /^[\w.+-]+\/[\w.+-]+$/.test(octets.latin1(3, typeLength) ?? '') &&
    octets.startsWith('cid:', 3 + typeLength)
  );
}
