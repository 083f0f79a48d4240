import { be16, be32, joined, patched, zeros, type Piece } from '../support/sample-octets.ts';
import { zipOf } from '../support/zip-sample.ts';
import { respelled, utf8 } from './bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';
import { zipNamed, zipStoring } from './zip-bytes.ts';

/** An archive with a class, whose directory entry has an extra field. */
const jarWith = (extra: Piece): Uint8Array =>
  zipOf([
    { name: 'META-INF/MANIFEST.MF', content: 'Manifest-Version: 1.0' },
    { name: 'A.class', content: 'x', directory: { extra } },
  ]);

const archive = (name: string, jar: Uint8Array): Positive => ({
  name,
  bytes: jar,
  flips: [
    { name: 'no class', bytes: respelled(jar, '.class', '.clazz') },
    { name: 'no manifest', bytes: respelled(jar, 'MANIFEST.MF', 'MANIFEST.TX') },
    { name: 'no archive', bytes: patched(jar, 0, 'QK') },
  ],
});

const DESCRIPTOR =
  'MIDlet-1: Game,/i.png,Game\nMIDlet-Jar-URL: http://example.com/g.jar\nMIDlet-Name: Game\n';
const descriptor = utf8(DESCRIPTOR);
const javaClass = joined(be32(0xcafebabe), be16(0), be16(0x34), be16(20), zeros(60));

export const samples: FamilySamples = {
  SUSP_MMS_J2ME_JAR: {
    positives: [
      archive('a class before another entry', zipNamed('META-INF/MANIFEST.MF', 'A.class', 'b.png')),
      archive('a class at the end', jarWith('')),
      archive('a class with times', jarWith(joined('UT\x05\0\x01', zeros(4)))),
      archive('a class with the mark of Java', jarWith('\xfe\xca\0\0')),
    ],
    lookAlikes: [
      { name: 'an OpenDocument file', bytes: zipNamed('mimetype', 'META-INF/manifest.xml') },
      { name: 'sources with .classpath', bytes: zipNamed('META-INF/MANIFEST.MF', '.classpath', 'A.java') },
      { name: 'an archived text about it', bytes: zipStoring('a.txt', 'META-INF/MANIFEST.MF and A.class') },
    ],
  },
  SUSP_MMS_J2ME_JAD: {
    positives: [
      {
        name: 'a descriptor',
        bytes: descriptor,
        flips: [
          { name: 'no address', bytes: utf8(DESCRIPTOR.replace('Jar-URL', 'Info-URL')) },
          { name: 'one other key', bytes: utf8(DESCRIPTOR.replace('MIDlet-1', 'MIDlet-Icon')) },
        ],
      },
    ],
    lookAlikes: [
      { name: 'a manifest', bytes: utf8('MIDlet-Name: Game\nMIDlet-Version: 1.0\nMIDlet-Vendor: Me\n') },
      { name: 'a text about one key', bytes: utf8('Set MIDlet-Jar-URL: to the address of the archive') },
    ],
  },
  MAL_MMS_Java_Class: {
    positives: [
      {
        name: 'a class',
        bytes: javaClass,
        flips: [
          { name: 'a version before the first', bytes: patched(javaClass, 6, be16(0x2c)) },
          { name: 'another magic', bytes: patched(javaClass, 0, [0xcb]) },
        ],
      },
    ],
    lookAlikes: [
      {
        name: 'a fat Mach-O file',
        bytes: joined(be32(0xcafebabe), be32(2), zeros(40)),
        also: ['MAL_MMS_Apple_MachO'],
      },
      { name: 'a text', bytes: utf8('CAFEBABE is how a class begins') },
    ],
  },
};
