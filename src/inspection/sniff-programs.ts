/** What runs, installs or configures, by content; and fonts, which are programs to those who draw them. */
import type { Octets } from './octets.ts';
import {
  isBetween,
  magic,
  sniffByTable,
  u16be,
  u16le,
  u32be,
  u32le,
  u8,
  type FormatRow,
  type Sniffed,
} from './sniff-format.ts';

const program = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'program', format });
const font = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'font', format });

const MACH_O = program('mach-o', 'application/x-mach-binary');
const SYMBIAN = program('sis', 'application/vnd.symbian.install');
const WINDOWS = program('pe', 'application/vnd.microsoft.portable-executable');
const PROFILE = program('mobileconfig', 'application/x-apple-aspen-config');

const ROWS: readonly FormatRow[] = [
  { ...program('dex', 'application/vnd.android.dex'), matches: isDex },
  magic(program('odex', 'application/vnd.android.dex'), ['dey\n0', 'oat\n0', 'vdex0', 'cdex0']),
  magic(program('elf', 'application/x-elf'), ['\x7fELF\x01', '\x7fELF\x02']),
  magic(MACH_O, ['\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf', '\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe']),
  { ...MACH_O, matches: (octets) => isFat(octets) && isBetween(u32be(octets, 4), 1, 0x13) },
  {
    ...program('java-class', 'application/java-vm'),
    matches: (octets) => octets.startsWith('\xca\xfe\xba\xbe') && isBetween(u16be(octets, 6), 0x2d, 0x60),
  },
  { ...WINDOWS, matches: isWindowsProgram },
  { ...SYMBIAN, matches: isSymbianInstaller },
  {
    ...program('cab', 'application/vnd.ms-cab-compressed'),
    matches: (octets) => octets.startsWith('MSCF') && u32be(octets, 4) === 0,
  },
  magic(program('lnk', 'application/x-ms-shortcut'), '\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0'),
  { ...program('swf', 'application/x-shockwave-flash'), matches: isFlash },
  magic(program('wasm', 'application/wasm'), '\0asm'),
  magic(program('deb', 'application/vnd.debian.binary-package'), '!<arch>\ndebian'),
  magic(program('rpm', 'application/x-rpm'), '\xed\xab\xee\xdb'),
  magic(program('crx', 'application/x-google-chrome-extension'), 'Cr24'),
  magic(program('chm', 'application/vnd.ms-htmlhelp'), 'ITSF\x03'),
  { ...program('msi', 'application/x-msi'), matches: isWindowsInstaller },
  { ...PROFILE, matches: isBinaryProfile },
  { ...font('truetype', 'font/ttf'), matches: (octets) => isSfnt(octets, ['\0\x01\0\0', 'true']) },
  { ...font('opentype', 'font/otf'), matches: (octets) => isSfnt(octets, ['OTTO']) },
  magic(font('collection', 'font/collection'), ['ttcf\0\x01', 'ttcf\0\x02']),
  { ...font('woff', 'font/woff'), matches: (octets) => isWebFont(octets, 'wOFF') },
  { ...font('woff2', 'font/woff2'), matches: (octets) => isWebFont(octets, 'wOF2') },
  { ...font('embedded-opentype', 'application/vnd.ms-fontobject'), matches: isEmbeddedOpenType },
  magic(font('type1', 'application/x-font-type1'), [
    '%!PS-AdobeFont',
    '%!FontType1',
    '\x80\x01\xff%!',
    '\x80\x01%!',
  ]),
];

/** Programs, installers, device profiles and fonts. Those that are archives are told by what is in the archive. */
export const sniffProgram = sniffByTable(ROWS);

/** `dex\n`, a version such as 035, and NUL. */
function isDex(octets: Octets): boolean {
  return octets.startsWith('dex\n0') && octets.startsWith('\0', 7);
}

function isFat(octets: Octets): boolean {
  return octets.startsWith('\xca\xfe\xba\xbe') || octets.startsWith('\xca\xfe\xba\xbf');
}

/** Paragraphs of 16 octets in the header of a DOS program. */
const DOS_HEADER_PARAGRAPHS_MAX = 0x100;

/** A DOS header. `MZ` begins words, too, but text has letters where a program counts its last 512 octets and paragraphs. */
function isWindowsProgram(octets: Octets): boolean {
  if (!octets.startsWith('MZ')) return false;
  if (octets.startsWith('PE\0\0', u32le(octets, 0x3c))) return true;
  return u16le(octets, 2) < 512 && isBetween(u16le(octets, 8), 2, DOS_HEADER_PARAGRAPHS_MAX);
}

/** UID 3, that of the installer, behind UID 2 of EPOC or of Symbian 6 and later; from Symbian 9, one UID. */
function isSymbianInstaller(octets: Octets): boolean {
  if (u32le(octets, 0) === 0x1020_1a7a) return true;
  return u32le(octets, 8) === 0x1000_0419 && [0x1000_006d, 0x1000_3a12].includes(u32le(octets, 4));
}

/** Flash: a version, and a length that text cannot be: its letters would make 500 MB. */
function isFlash(octets: Octets): boolean {
  const isSignature = ['FWS', 'CWS', 'ZWS'].some((signature) => octets.startsWith(signature));
  return isSignature && isBetween(u8(octets, 3), 1, 64) && u32le(octets, 4) < 0x1000_0000;
}

const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
/** Class 000C1084-0000-0000-C000-000000000046, the installer's, as it stands in the root entry. */
const INSTALLER_CLASS = '\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46';
/** Of a directory entry in a compound file (MS-CFB 2.6.1). */
const CLASS_OFFSET = 0x50;

/** A compound file whose root entry, the first of its directory, has the class of the Windows installer. */
function isWindowsInstaller(octets: Octets): boolean {
  if (!octets.startsWith(COMPOUND_FILE)) return false;
  const sectorOctets = 2 ** u16le(octets, 0x1e);
  return octets.startsWith(INSTALLER_CLASS, (u32le(octets, 0x30) + 1) * sectorOctets + CLASS_OFFSET);
}

/** Octets of a device profile that are searched for its keys. */
const PROFILE_OCTETS_MAX = 256 * 1024;

/** An Apple configuration profile that is signed (PKCS #7 around plain XML) or a binary property list. */
function isBinaryProfile(octets: Octets): boolean {
  const isContainer = octets.startsWith('bplist00') || u16be(octets, 0) >> 4 === 0x308;
  return isContainer && PROFILE_KEYS.every((key) => octets.indexOf(key, 0, PROFILE_OCTETS_MAX) >= 0);
}

/** Keys that every Apple configuration profile has. */
export const PROFILE_KEYS = ['PayloadType', 'PayloadIdentifier', 'Configuration'];

/** Tables of a font; letters would be thousands. */
const FONT_TABLES_MAX = 256;

function isSfnt(octets: Octets, versions: readonly string[]): boolean {
  const isVersion = versions.some((version) => octets.startsWith(version));
  return isVersion && isBetween(u16be(octets, 4), 1, FONT_TABLES_MAX);
}

function isWebFont(octets: Octets, signature: string): boolean {
  return (
    octets.startsWith(signature) &&
    ['\0\x01\0\0', 'OTTO', 'true'].some((flavor) => octets.startsWith(flavor, 4))
  );
}

/** Its own length first, a version at 8, and its magic at 34 (W3C submission of 2008, section 3). */
function isEmbeddedOpenType(octets: Octets): boolean {
  const isVersion = ['\0\0\x01\0', '\x01\0\x02\0', '\x02\0\x02\0'].some((version) =>
    octets.startsWith(version, 8),
  );
  return isVersion && octets.startsWith('LP', 34);
}
