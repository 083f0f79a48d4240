/** Sound that attacks decoders, and programs (threats, 3 and 4). */
import { amrOf } from '../support/amr-sample.ts';
import { PROGRAM_SAMPLES, ZIP_SAMPLES } from '../support/media-samples.ts';
import { chunkOf, midiOf, TRACK } from '../support/midi-sample.ts';
import { zeros } from '../support/sample-octets.ts';
import { zipOf } from '../support/zip-sample.ts';
import { lookAlikesOf, positivesOf } from './rule-samples.ts';
import { blocked, harmless, noted, part, type LookAlike, type ThreatRow } from './threat.ts';

const SOUND: readonly ThreatRow[] = [
  {
    title: 'APE 24-bit',
    threats: positivesOf('EXPL_MMS_APE_24bit_Large_Frame', 'audio/mpeg', blocked, 'media-type-never-allowed'),
    // An ordinary file is not allowed either, so that only a text is let pass.
    lookAlikes: [harmless('a text that begins MAC', part('MAC and cheese, a recipe', 'text/plain'))],
  },
  {
    title: 'Dolby/ALAC/APAC',
    threats: [
      ...positivesOf('INFO_MMS_Raw_Dolby_AC3', 'audio/ac3', noted),
      ...positivesOf('INFO_MMS_Container_Unexpected_Codec', 'audio/mp4', noted),
    ],
    lookAlikes: lookAlikesOf('INFO_MMS_Container_Unexpected_Codec', 'audio/mp4'),
  },
  {
    title: 'AMR and MIDI by their frames and tracks',
    threats: [
      noted(
        'a frame type that is reserved',
        part(amrOf('#!AMR\n', 0, 0, 12, 0), 'audio/amr'),
        'amr-frame-reserved',
      ),
      noted(
        'fewer tracks than declared',
        part(midiOf({ declared: 9 }), 'audio/midi'),
        'midi-track-count-mismatch',
      ),
    ],
    lookAlikes: [
      harmless('speech', part(amrOf('#!AMR\n', 7, 7, 8, 15, 7), 'audio/amr')),
      harmless('wideband speech', part(amrOf('#!AMR-WB\n', 2, 2, 9, 15, 2), 'audio/amr-wb')),
      harmless('a tune', part(midiOf(), 'audio/midi')),
      harmless(
        'a tune with a chunk of its own',
        part(midiOf({ chunks: [TRACK, chunkOf('XFIH', zeros(4)), TRACK], declared: 2 }), 'audio/midi'),
      ),
    ],
  },
];

/** Every rule for programs. */
const PROGRAM_RULES = [
  'SUSP_MMS_Apple_ConfigProfile',
  'SUSP_MMS_iOS_IPA',
  'SUSP_MMS_J2ME_JAR',
  'SUSP_MMS_J2ME_JAD',
  'MAL_MMS_Java_Class',
  'MAL_MMS_Android_APK',
  'MAL_MMS_Android_DEX',
  'MAL_MMS_Linux_ELF',
  'MAL_MMS_Apple_MachO',
  'MAL_MMS_Windows_PE',
  'MAL_MMS_Windows_CAB',
  'MAL_MMS_Windows_LNK',
  'MAL_MMS_Windows_MSI',
  'MAL_MMS_Flash_SWF',
  'MAL_MMS_Symbian_SIS',
  'MAL_MMS_Symbian_SISX',
  'MAL_MMS_Symbian_Worm',
] as const;

/** Words and names by which people know programs, and which are none. */
const ABOUT_PROGRAMS: readonly LookAlike[] = [
  'dex is short for index',
  'MZ is the first word of this text',
  'L',
  'CommWarrior came as commwarrior.exe, Cabir as caribe.app',
  'Set MIDlet-Jar-URL: to the address of the archive',
  'The profile has PayloadType Configuration',
  'CAFEBABE is how a class begins',
].map((text) => harmless(text, part(text, 'text/plain')));

const PROGRAMS: readonly ThreatRow[] = [
  {
    title: 'programs, installers, worms',
    threats: [
      ...PROGRAM_RULES.flatMap((rule) =>
        positivesOf(rule, 'application/octet-stream', blocked).map((threat) => ({
          ...threat,
          name: `${rule}: ${threat.name}`,
        })),
      ),
      ...Object.entries(PROGRAM_SAMPLES)
        .filter(([name]) => !/type|woff|collection/.test(name))
        .map(([name, bytes]) =>
          blocked(
            `${name} as a picture`,
            part(bytes, { type: 'image/jpeg', fileName: 'a.jpg' }),
            'media-type-program',
          ),
        ),
      ...['apk', 'jar', 'ipa', 'appx', 'xpi'].map((name) =>
        blocked(
          `${name} as an archive`,
          part(ZIP_SAMPLES[name as keyof typeof ZIP_SAMPLES], 'application/zip'),
          'media-type-program',
        ),
      ),
      ...[
        'commw.sis',
        'info.sis',
        'caribe.sis',
        'game.jar',
        'setup.exe',
        'a.bat',
        'a.vbs',
        'a.js',
        'a.lnk',
        'a.mobileconfig',
      ].map((name) =>
        blocked(
          `a file called ${name}`,
          part('x', { type: 'application/octet-stream', fileName: name }),
          'file-name-program',
        ),
      ),
      blocked(
        'a program behind the name of a picture',
        part('x', { type: 'image/jpeg', fileName: 'photo.jpg.exe' }),
        'file-name-double-extension',
      ),
      ...positivesOf('SUSP_MMS_File_Name_Bidi_Override', 'image/png', blocked),
      blocked(
        'an enciphered archive',
        part(
          zipOf([{ name: 'a.exe', content: 'x', local: { flags: 1 }, directory: { flags: 1 } }]),
          'application/zip',
        ),
        'zip-encrypted',
      ),
    ],
    lookAlikes: [
      ...ABOUT_PROGRAMS,
      harmless('an archive of pictures', part(ZIP_SAMPLES.zip, 'application/zip')),
    ],
  },
  {
    title: 'EICAR',
    threats: positivesOf('TEST_MMS_EICAR', 'text/plain', blocked),
    lookAlikes: lookAlikesOf('TEST_MMS_EICAR', 'text/plain'),
  },
];
/** Rows of sections 3 and 4. */
export const PROGRAM_THREATS: readonly ThreatRow[] = [...SOUND, ...PROGRAMS];
