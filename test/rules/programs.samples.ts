import { be32, le16, le32, joined, patched, zeros } from '../support/sample-octets.ts';
import { respelled, utf8 } from './bytes.ts';
import type { FamilySamples, Sample } from './sample.ts';
import { zipNamed, zipStoring } from './zip-bytes.ts';

const apk = zipNamed('AndroidManifest.xml', 'classes.dex');
const resourceOnly = zipNamed('AndroidManifest.xml', 'resources.arsc');
const dex = joined('dex\n035\0', zeros(104));
const elf = joined('\x7fELF\x01\x01\x01', zeros(9), le16(2), le16(0x28), zeros(32));
/** Magic, processor, its kind, and the kind of file. */
const machO = joined(le32(0xfeedfacf), le32(0x0100000c), le32(0), le32(2), zeros(16));
const MACH_O_BIG_ENDIAN = joined(be32(0xfeedface), be32(18), be32(0), be32(2), zeros(16));
const fat = joined(be32(0xcafebabe), be32(2), zeros(40));
const pe = joined('MZ', zeros(58), le32(0x80), zeros(64), 'PE\0\0', zeros(20));
const cabinet = joined('MSCF', zeros(4), le32(200), zeros(12), [3, 1], le16(1), le16(1), zeros(20));
const link = joined(le32(0x4c), be32(0x01140200), zeros(4), be32(0xc0000000), be32(0x46), zeros(56));
const COMPOUND = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const installer = joined(
  COMPOUND,
  zeros(504),
  'R\0o\0o\0t\0',
  zeros(72),
  '\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46',
  zeros(64),
);
const flash = joined('FWS\x06', le32(40), zeros(32));
const packedFlash = joined('CWS\x0a', le32(4000), '\x78\xda', zeros(30));
const packedFlash13 = joined('ZWS\x0d', le32(4000), le32(20), '\x5d\0\0\x10', zeros(20));

const word = (magic: string): Sample => ({
  name: `a text that begins ${magic}`,
  bytes: utf8(
    `${magic} is the first word of this text, which goes on for a while so that numbers can be read in it.`,
  ),
});

export const samples: FamilySamples = {
  MAL_MMS_Android_APK: {
    positives: [
      {
        name: 'a manifest and byte code',
        bytes: apk,
        flips: [
          {
            name: 'another name of the manifest',
            bytes: respelled(apk, 'AndroidManifest.xml', 'AndroidManifest.htm'),
          },
          { name: 'no byte code', bytes: respelled(apk, 'classes.dex', 'classes.txt') },
          { name: 'no archive', bytes: patched(apk, 0, 'QK') },
        ],
      },
      {
        name: 'a manifest and resources',
        bytes: resourceOnly,
        flips: [{ name: 'no resources', bytes: respelled(resourceOnly, 'resources.arsc', 'resources.txt1') }],
      },
    ],
    lookAlikes: [
      {
        name: 'an archived text about packages',
        bytes: zipStoring('a.txt', 'An APK has AndroidManifest.xml, classes.dex and resources.arsc'),
      },
      {
        name: 'a source project',
        bytes: zipNamed('AndroidManifest.xml', 'src/Main.java', 'res/layout.xml'),
      },
      {
        name: 'the names in folders',
        bytes: zipNamed('app/AndroidManifest.xml', 'app/classes.dex'),
      },
      word('AndroidManifest.xml classes.dex'),
    ],
  },
  MAL_MMS_Android_DEX: {
    positives: [
      {
        name: 'version 035',
        bytes: dex,
        flips: [
          { name: 'no zero', bytes: patched(dex, 7, '\n') },
          { name: 'version 055', bytes: patched(dex, 5, '5') },
        ],
      },
      {
        name: 'version 041',
        bytes: patched(dex, 4, '041'),
        flips: [{ name: 'no line end', bytes: patched(dex, 3, ' ') }],
      },
    ],
    lookAlikes: [
      word('dex\n035'),
      word('dex'),
      { name: 'optimised code of old systems', bytes: joined('dey\n036\0', zeros(50)) },
    ],
  },
  MAL_MMS_Linux_ELF: {
    positives: [
      {
        name: '32 bits',
        bytes: elf,
        flips: [
          { name: 'class 3', bytes: patched(elf, 4, [3]) },
          { name: 'no byte order', bytes: patched(elf, 5, [0]) },
        ],
      },
      {
        name: '64 bits, big-endian',
        bytes: patched(elf, 4, [2, 2]),
        flips: [{ name: 'another magic', bytes: patched(elf, 1, 'elf') }],
      },
    ],
    lookAlikes: [word('ELF'), word('\x7fELF'), { name: 'ELF later in a file', bytes: joined(zeros(4), elf) }],
  },
  MAL_MMS_Apple_MachO: {
    positives: [
      {
        name: '64 bits',
        bytes: machO,
        flips: [{ name: 'no kind of file', bytes: patched(machO, 12, le32(0)) }],
      },
      {
        name: '32 bits',
        bytes: patched(machO, 0, le32(0xfeedface)),
        flips: [{ name: 'an unknown kind of file', bytes: patched(machO, 12, le32(99)) }],
      },
      {
        name: 'big-endian',
        bytes: MACH_O_BIG_ENDIAN,
        flips: [{ name: 'no kind of file', bytes: patched(MACH_O_BIG_ENDIAN, 12, zeros(4)) }],
      },
      {
        name: 'fat',
        bytes: fat,
        flips: [
          { name: 'no architecture', bytes: patched(fat, 4, be32(0)) },
          { name: 'too many', bytes: patched(fat, 4, be32(0x14)) },
        ],
      },
    ],
    lookAlikes: [
      {
        name: 'a Java class',
        bytes: joined(be32(0xcafebabe), be32(0x34), zeros(40)),
        also: ['MAL_MMS_Java_Class'],
      },
      { name: 'the magic alone', bytes: joined(be32(0xfeedface)) },
      word('feedface'),
    ],
  },
  MAL_MMS_Windows_PE: {
    positives: [
      {
        name: 'a program',
        bytes: pe,
        flips: [
          { name: 'the new header elsewhere', bytes: patched(pe, 0x3c, le32(0x84)) },
          { name: 'another magic', bytes: patched(pe, 0, 'NZ') },
        ],
      },
    ],
    lookAlikes: [
      word('MZ'),
      { name: 'a program of DOS', bytes: joined('MZ', zeros(200)) },
      { name: 'a head that is cut off', bytes: pe.slice(0, 0x3e) },
    ],
  },
  MAL_MMS_Windows_CAB: {
    positives: [
      {
        name: 'a cabinet',
        bytes: cabinet,
        flips: [
          { name: 'no zeros', bytes: patched(cabinet, 4, [1]) },
          { name: 'another version', bytes: patched(cabinet, 25, [2]) },
        ],
      },
    ],
    lookAlikes: [word('MSCF'), { name: 'the magic of a help file', bytes: joined('ITSF', zeros(60)) }],
  },
  MAL_MMS_Windows_LNK: {
    positives: [
      {
        name: 'a link',
        bytes: link,
        flips: [
          { name: 'another class', bytes: patched(link, 4, [2]) },
          { name: 'another length', bytes: patched(link, 0, [0x4d]) },
        ],
      },
    ],
    lookAlikes: [word('L'), { name: 'L and zeros', bytes: joined('L', zeros(80)) }],
  },
  MAL_MMS_Windows_MSI: {
    positives: [
      {
        name: 'an installer',
        bytes: installer,
        flips: [
          { name: 'another class', bytes: respelled(installer, '\x84\x10\x0c', '\x85\x10\x0c') },
          { name: 'no compound file', bytes: patched(installer, 0, [0]) },
        ],
      },
    ],
    lookAlikes: [
      {
        name: 'an older office document',
        bytes: joined(
          COMPOUND,
          zeros(504),
          'R\0o\0o\0t\0',
          zeros(72),
          '\x06\x09\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46',
        ),
      },
      { name: 'the class in another file', bytes: joined('data', installer.slice(8)) },
    ],
  },
  MAL_MMS_Flash_SWF: {
    positives: [
      {
        name: 'plain',
        bytes: flash,
        flips: [
          { name: 'another length', bytes: patched(flash, 4, [41]) },
          { name: 'version 0', bytes: patched(flash, 3, [0]) },
        ],
      },
      {
        name: 'compressed',
        bytes: packedFlash,
        flips: [{ name: 'no stream', bytes: patched(packedFlash, 8, [0]) }],
      },
      {
        name: 'compressed anew',
        bytes: packedFlash13,
        flips: [{ name: 'no stream', bytes: patched(packedFlash13, 12, [0]) }],
      },
    ],
    lookAlikes: [word('FWS '), word('CWS 10 is a model'), word('ZWS')],
  },
};
