import { le32, joined, patched, zeros } from '../support/sample-octets.ts';
import { respelled, utf8 } from './bytes.ts';
import { png } from './image-bytes.ts';
import type { FamilySamples } from './sample.ts';

const sis = (second: number): Uint8Array => joined(le32(0x1234), le32(second), le32(0x10000419), zeros(60));
const sisx = joined(le32(0x10201a7a), zeros(60));

/** The text with two octets a character. */
const wide = (text: string): string => text.split('').join('\0') + '\0';

const INSTALLER = ['MAL_MMS_Symbian_SIS'];
const worm = (name: string): Uint8Array => joined(sis(0x10003a12), name, zeros(20));

/** Symbian's own kinds of files, which are no installers. */
const FILES = [
  { name: 'a bitmap of Symbian', bytes: joined(le32(0x10000037), le32(0x10000042), zeros(60)) },
  {
    name: 'a library of Symbian',
    bytes: joined(le32(0x10000079), le32(0x1000006d), le32(0x10003a3f), zeros(60)),
  },
];

export const samples: FamilySamples = {
  MAL_MMS_Symbian_SIS: {
    positives: [
      {
        name: 'EPOC',
        bytes: sis(0x1000006d),
        flips: [{ name: 'another third identifier', bytes: patched(sis(0x1000006d), 8, [0]) }],
      },
      {
        name: 'Symbian 6',
        bytes: sis(0x10003a12),
        flips: [{ name: 'another second identifier', bytes: sis(0x10003a13) }],
      },
    ],
    lookAlikes: [
      ...FILES,
      { name: 'a text about it', bytes: utf8('SIS files begin with 0x10003A12 and 0x10000419') },
    ],
  },
  MAL_MMS_Symbian_SISX: {
    positives: [
      {
        name: 'Symbian 9',
        bytes: sisx,
        flips: [
          { name: 'another identifier', bytes: patched(sisx, 0, [0x7b]) },
          { name: 'four octets alone', bytes: sisx.slice(0, 4) },
        ],
      },
    ],
    lookAlikes: [
      ...FILES,
      { name: 'a text that begins with the same letter', bytes: utf8('z\x1a hello, how are you?') },
    ],
  },
  MAL_MMS_Symbian_Worm: {
    positives: [
      ...['commwarrior.exe', 'commrec.mdl', 'caribe.app', 'CARIBESECURITYMANAGER', 'Caribe.App'].map(
        (name) => ({
          name: `an installer with ${name}`,
          bytes: worm(name),
          also: INSTALLER,
          flips: [
            { name: 'another name', bytes: worm(name.replace(/^../, 'xx')) },
            { name: 'no installer', bytes: patched(worm(name), 4, zeros(8)) },
          ],
        }),
      ),
      {
        name: 'a name of two octets a character',
        bytes: joined(sisx, wide('commwarrior.exe')),
        also: ['MAL_MMS_Symbian_SISX'],
        flips: [
          {
            name: 'another name',
            bytes: respelled(joined(sisx, wide('commwarrior.exe')), wide('comm'), wide('cold')),
          },
        ],
      },
    ],
    lookAlikes: [
      {
        name: 'a text about the worm',
        bytes: utf8('CommWarrior comes as commwarrior.exe and commrec.mdl, Cabir as caribe.app'),
      },
      { name: 'a picture with the name', bytes: joined(png(10, 10), 'caribe.app') },
      { name: 'an honest installer', bytes: worm('snake.app'), also: INSTALLER },
    ],
  },
};
