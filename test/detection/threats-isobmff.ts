/** Films and songs that attack their parsers: Stagefright and its kin (threats, 1). */
import { ID3_FRAMES_MAX } from '../../src/inspection/id3-tag.ts';
import { frameOf, id3Of, ORDINARY_TAGS } from '../support/id3-sample.ts';
import {
  audioEntryOf,
  esdsOf,
  filmOf,
  fullBoxOf,
  largeBoxOf,
  sizedBoxOf,
  tableOf,
  tagOf,
  visualEntryOf,
  type FilmParts,
} from '../support/isobmff-sample.ts';
import { boxOf, brandsOf, MP3_FRAMES } from '../support/media-samples.ts';
import { be16, be32, joined, zeros, type Piece } from '../support/sample-octets.ts';
import { lookAlikesOf, positivesOf } from './rule-samples.ts';
import { blocked, harmless, noted, part, type Subject, type ThreatRow } from './threat.ts';

const film = (parts: FilmParts = {}): Subject => part(filmOf(parts), 'video/3gpp');
const song = (...pieces: readonly Piece[]): Subject => part(joined(...pieces, MP3_FRAMES), 'audio/mpeg');
const nested = (depth: number): Uint8Array => (depth === 0 ? zeros(0) : boxOf('udta', nested(depth - 1)));
const language = be16(0x15c7);
const overflowing = tableOf('stsc', 0x15555556);

/** Rows about box files. */
const BOXES: readonly ThreatRow[] = [
  {
    title: 'stsc/stts/ctts/stss/stco/co64 overflow',
    threats: [
      ...positivesOf(
        'EXPL_MMS_ISOBMFF_SampleTable_Overflow',
        'video/3gpp',
        blocked,
        'isobmff-table-overflow',
      ),
      blocked(
        'in a whole film',
        film({ tables: overflowing }),
        'isobmff-table-overflow',
        'EXPL_MMS_ISOBMFF_SampleTable_Overflow',
      ),
      blocked(
        'behind a leading box, where Android still finds the film',
        part(joined(boxOf('free', zeros(8)), filmOf({ tables: overflowing })), 'video/3gpp'),
        ...['isobmff-brands-not-first', 'isobmff-table-overflow', 'EXPL_MMS_ISOBMFF_SampleTable_Overflow'],
      ),
      blocked(
        'labelled as sound',
        part(filmOf({ tables: overflowing }), 'audio/mp4'),
        'isobmff-table-overflow',
      ),
      blocked(
        'without a label',
        part(filmOf({ tables: overflowing }), 'application/octet-stream'),
        'isobmff-table-overflow',
      ),
      blocked(
        'tables of more than 200 MiB',
        film({ tables: tableOf('stco', 60_000_000) }),
        'isobmff-tables-over-limit',
      ),
      blocked(
        'a box of more than 64 MiB',
        film({ moov: sizedBoxOf('trak', 0x7fffffff) }),
        'isobmff-box-over-limit',
      ),
      blocked(
        'a picture of 65,535 columns',
        film({ entry: visualEntryOf('avc1', 0xffff, 16) }),
        'isobmff-video-dimensions',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('EXPL_MMS_ISOBMFF_SampleTable_Overflow', 'video/3gpp'),
      harmless('an ordinary film', film()),
      harmless('the name of a table inside media data', film({ end: boxOf('mdat', 'abcdstscefghijkl') })),
    ],
  },
  {
    title: 'tx3g',
    threats: [
      ...positivesOf('EXPL_MMS_ISOBMFF_tx3g_Size', 'video/3gpp', blocked),
      blocked(
        'in a whole film',
        film({ entry: largeBoxOf('tx3g', zeros(50)) }),
        'isobmff-tx3g-size',
        'EXPL_MMS_ISOBMFF_tx3g_Size',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('EXPL_MMS_ISOBMFF_tx3g_Size', 'video/3gpp'),
      ...[50, 82].map((size) =>
        harmless(`subtitles, an entry of ${size + 8}`, film({ entry: boxOf('tx3g', zeros(size)) })),
      ),
    ],
  },
  {
    title: 'covr',
    threats: [
      ...positivesOf('EXPL_MMS_ISOBMFF_covr_Size', 'audio/mp4', blocked),
      blocked(
        'in a whole film',
        film({ ilst: boxOf('covr', zeros(8)) }),
        'isobmff-covr-size',
        'EXPL_MMS_ISOBMFF_covr_Size',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('EXPL_MMS_ISOBMFF_covr_Size', 'audio/mp4', 'one octet more'),
      harmless('cover art', film({ ilst: tagOf('covr', zeros(5000)) })),
      harmless('the name inside sound', film({ end: boxOf('mdat', 'abcdcovrefgh') })),
    ],
  },
  {
    title: '3GPP titl… underflow',
    threats: [
      ...positivesOf('EXPL_MMS_3GPP_Metadata_Underflow', 'video/3gpp', blocked),
      ...['titl', 'dscp', 'perf', 'auth', 'gnre', 'albm'].map((type) =>
        blocked(
          `${type} in a whole film`,
          film({ udta: boxOf(type, zeros(2)) }),
          'isobmff-string-underflow',
          'EXPL_MMS_3GPP_Metadata_Underflow',
        ),
      ),
    ],
    lookAlikes: lookAlikesOf('EXPL_MMS_3GPP_Metadata_Underflow', 'video/3gpp'),
  },
  {
    title: 'pssh',
    threats: [
      ...positivesOf('EXPL_MMS_ISOBMFF_pssh_Overflow', 'video/mp4', blocked),
      blocked(
        'in a whole film',
        film({ moov: fullBoxOf('pssh', 0, zeros(16), be32(0xffffffff)) }),
        'isobmff-pssh-overflow',
        'EXPL_MMS_ISOBMFF_pssh_Overflow',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('EXPL_MMS_ISOBMFF_pssh_Overflow', 'video/mp4'),
      harmless('a protected film', film({ moov: fullBoxOf('pssh', 0, zeros(16), be32(4), 'data') })),
    ],
  },
  {
    title: '64-bit metadata box',
    threats: [
      ...positivesOf('SUSP_MMS_ISOBMFF_LargeSize_Metadata_Box', 'video/mp4', noted),
      noted(
        'in a whole film',
        film({ moov: largeBoxOf('trak') }),
        'isobmff-large-size',
        'SUSP_MMS_ISOBMFF_LargeSize_Metadata_Box',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('SUSP_MMS_ISOBMFF_LargeSize_Metadata_Box', 'video/mp4'),
      harmless('media data in the 64-bit form', film({ end: largeBoxOf('mdat', zeros(64)) })),
    ],
  },
  {
    title: 'box flood (guard of the caps)',
    threats: [
      ...positivesOf('SUSP_MMS_ISOBMFF_Box_Flood', 'video/mp4', noted),
      blocked(
        'decoys before the short title that counts',
        film({ udta: joined(...Array<Piece>(64).fill(boxOf('titl', zeros(40))), boxOf('titl', zeros(2))) }),
        'isobmff-string-underflow',
        'EXPL_MMS_3GPP_Metadata_Underflow',
      ),
      blocked(
        '20,001 boxes',
        film({ end: joined(...Array<Piece>(20_001).fill(boxOf('free'))) }),
        'isobmff-box-flood',
      ),
    ],
    // A film has one moov, so the sample of many is another threat.
    lookAlikes: lookAlikesOf('SUSP_MMS_ISOBMFF_Box_Flood', 'video/mp4', 'a film of many tracks'),
  },
  {
    title: 'esds, strings, timescale, depth',
    threats: [
      blocked(
        'a stream description with a flag and no room for it',
        film({ entry: visualEntryOf('mp4v', 16, 16, esdsOf({ flags: 0x80, length: 3 })) }),
        'isobmff-esds-overflow',
      ),
      blocked(
        'the same of sound',
        film({ entry: audioEntryOf('mp4a', 0, esdsOf({ flags: 0x40, length: 3 })) }),
        'isobmff-esds-overflow',
      ),
      blocked(
        'a text without an end',
        film({ udta: fullBoxOf('auth', 0, language, 'Somebody') }),
        'isobmff-string-unterminated',
      ),
      blocked('a timescale of zero', film({ timescale: 0 }), 'isobmff-timescale-zero'),
      blocked('seventeen boxes in one another', film({ moov: nested(17) }), 'isobmff-box-depth'),
      blocked('a box smaller than its own head', film({ moov: sizedBoxOf('free', 3) }), 'isobmff-box-size'),
      blocked(
        'a box larger than what it is in',
        film({ moov: sizedBoxOf('free', 100) }),
        'isobmff-box-overflow',
      ),
      blocked('two films in one', film({ end: boxOf('moov') }), 'isobmff-moov-repeated'),
      blocked(
        'a tag smaller than its own head',
        film({ ilst: boxOf('©alb', boxOf('data', be32(1))) }),
        'isobmff-data-size',
      ),
    ],
    lookAlikes: [
      harmless(
        'the description of AAC',
        film({ brands: brandsOf('M4A '), entry: audioEntryOf('mp4a', 0, esdsOf()) }),
      ),
      harmless('a film that was cut off', part(filmOf().subarray(0, 200), 'video/3gpp')),
      harmless('four zero octets behind user data', film()),
    ],
  },
];

/** Rows about MPEG sound. */
const SOUND: readonly ThreatRow[] = [
  {
    title: 'ID3',
    threats: [
      ...positivesOf(
        'EXPL_MMS_ID3v23_ExtHeader_Overflow',
        'audio/mpeg',
        blocked,
        'id3-extended-header-overflow',
      ),
      ...positivesOf('SUSP_MMS_ID3_Size_Not_Syncsafe', 'audio/mpeg', blocked, 'id3-size-not-syncsafe'),
      blocked(
        'more padding than there is',
        song(id3Of([be32(6), be16(0), be32(0xffffffff), zeros(9)], { flags: 0x40 })),
        'id3-padding-overflow',
      ),
      blocked(
        'a frame that reaches out of the tag',
        song(id3Of([frameOf('TIT2', '', { size: be32(1) })])),
        'id3-frame-overflow',
      ),
      blocked(
        'a frame shorter than its length',
        song(id3Of([frameOf('TIT2', 'a', { version: 4, flags: 1 })], { version: 4 })),
        'id3-data-length-underflow',
      ),
      blocked(
        'a flood of frames',
        song(id3Of(Array<Piece>(ID3_FRAMES_MAX + 1).fill(frameOf('PRIV', '')))),
        'id3-frames-over-limit',
      ),
    ],
    lookAlikes: [
      ...ORDINARY_TAGS.map((tag, at) => harmless(`an ordinary tag, ${at}`, song(tag))),
      harmless(
        'a frame of no octets, as odd real files have',
        song(id3Of([frameOf('TIT2', ''), frameOf('TPE1', 'a')])),
      ),
      harmless('a text that begins ID3', part('ID3 tags hold the name of a song', 'text/plain')),
    ],
  },
];

/** Rows of section 1. */
export const ISOBMFF_THREATS: readonly ThreatRow[] = [...BOXES, ...SOUND];
