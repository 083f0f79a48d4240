import { describe, expect, it } from 'vitest';
import {
  BOX_DEPTH_MAX,
  BOXES_MAX,
  isVisualEntry,
  walkBoxes,
  type Box,
  type BoxStep,
} from '../../src/inspection/isobmff-boxes.ts';
import { Octets } from '../../src/inspection/octets.ts';
import {
  audioEntryOf,
  esdsOf,
  filmOf,
  fullBoxOf,
  largeBoxOf,
  pictureOf,
  sizedBoxOf,
  tableOf,
  visualEntryOf,
} from '../support/isobmff-sample.ts';
import { boxOf } from '../support/media-samples.ts';
import { be32, be64, joined, zeros, type Piece } from '../support/sample-octets.ts';

const stepsOf = (bytes: Uint8Array): readonly BoxStep[] => [...walkBoxes(new Octets(bytes))];
const boxesOf = (bytes: Uint8Array): readonly Box[] =>
  stepsOf(bytes).flatMap((step) => (step.kind === 'box' ? [step.box] : []));
/** Boxes as paths, problems as `problem@offset`. */
const pathsOf = (bytes: Uint8Array): readonly string[] =>
  stepsOf(bytes).map((step) =>
    step.kind === 'box'
      ? `${'>'.repeat(step.box.depth - 1)}${step.box.type}`
      : `${step.problem}@${step.offset}`,
  );

/** What QuickTime describes sound with: a box, then one of this type, then what is given. */
const waveOf = (type: string, ...after: readonly Piece[]): Uint8Array =>
  boxOf('moov', boxOf('wave', boxOf('frma', 'mp4a'), boxOf(type), ...after));

describe('the walk of boxes', () => {
  it('gives each box before those inside it', () => {
    expect(pathsOf(filmOf()).join(' ')).toBe(
      'ftyp moov >mvhd >trak >>tkhd >>mdia >>>mdhd >>>minf >>>>dinf >>>>>dref >>>>>>url  >>>>stbl >>>>>stsd ' +
        '>>>>>>mp4v >>>>>>>esds >>>>>stts >>>>>stsc >>>>>stsz >>>>>stco >udta >>titl >>meta >>>hdlr >>>ilst ' +
        '>>>>©nam >>>>>data mdat',
    );
  });

  it('gives the place of a box, what is around it, and its size of either width', () => {
    const [moov, udta] = boxesOf(largeBoxOf('moov', boxOf('udta', 'xx')));
    expect(moov).toEqual({
      type: 'moov',
      parent: '',
      depth: 1,
      offset: 0,
      size: 26,
      bodyOffset: 16,
      end: 26,
      isLarge: true,
    });
    expect(udta).toMatchObject({
      parent: 'moov',
      depth: 2,
      offset: 16,
      bodyOffset: 24,
      end: 26,
      isLarge: false,
    });
  });

  it.each<[string, Uint8Array]>([
    ['the last box reaches to the end of the file', sizedBoxOf('mdat', 0, 'data')],
    ['a list ends with a zero', boxOf('udta', boxOf('titl'), zeros(4))],
    ['a list is filled up with zeros', boxOf('udta', boxOf('titl'), zeros(20))],
    ['a file is filled up with zeros', joined(boxOf('free'), zeros(3))],
    ['the file is empty', zeros(0)],
    [
      'QuickTime ends a list with a box of no type, and leaves old octets behind it',
      waveOf('\0\0\0\0', 'old octets'),
    ],
    ['those octets look like a box', waveOf('\0\0\0\0', be32(99), 'junk')],
  ])('finds nothing wrong when %s', (_, bytes) => {
    expect(stepsOf(bytes).filter(({ kind }) => kind === 'problem')).toEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    ['is shorter than its header', boxOf('moov', sizedBoxOf('trak', 7, 'x')), 'size-invalid@8'],
    [
      'has a size that only the last one at the top may have',
      boxOf('moov', sizedBoxOf('trak', 0, 'x')),
      'size-invalid@8',
    ],
    ['is shorter than its longer header', boxOf('moov', be32(1), 'trak', be64(15)), 'size-invalid@8'],
    ['is no box but a few octets', boxOf('moov', 'trash', boxOf('trak')), 'overflow@8'],
    ['reaches out of the one around it', boxOf('moov', sizedBoxOf('trak', 9), ''), 'overflow@8'],
    ['reaches out of the file', sizedBoxOf('mdat', 9), 'truncated@0'],
    ['is cut in its header', joined(boxOf('ftyp'), be32(8), 'md'), 'truncated@8'],
    ['is cut in its longer header', joined(be32(1), 'mdat', zeros(7)), 'truncated@0'],
    ['is no box, after the last one', joined(boxOf('free'), be32(5), 'trash and trash'), 'trailing@8'],
  ])('tells of a box that %s', (_, bytes, problem) => {
    expect(pathsOf(bytes)).toContain(problem);
  });

  it('goes on behind the end of a list, because other readers do', () => {
    expect(pathsOf(waveOf('\0\0\0\0', esdsOf()))).toContain('>>esds');
  });

  it('knows no other end of a list', () => {
    expect(pathsOf(waveOf('free', 'old octets'))).toContain('overflow@36');
  });

  it('does not call what a cut took away an overflow', () => {
    const film = filmOf();
    const problems = (length: number): readonly string[] =>
      stepsOf(film.subarray(0, length)).flatMap((step) => (step.kind === 'problem' ? [step.problem] : []));
    for (let length = 1; length < film.length; length += 1) {
      expect(problems(length).filter((problem) => problem !== 'truncated')).toEqual([]);
    }
  });

  it('goes as deep as the limit, and tells of what is deeper', () => {
    const nested = (depth: number): Uint8Array =>
      depth === 1 ? boxOf('udta') : boxOf('udta', nested(depth - 1));
    expect(pathsOf(nested(BOX_DEPTH_MAX - 1)).filter((path) => path.includes('limit'))).toEqual([]);
    expect(pathsOf(nested(BOX_DEPTH_MAX + 4)).at(-1)).toBe(`depth-over-limit@${8 * (BOX_DEPTH_MAX - 1)}`);
  });

  it('gives as many boxes as the limit, and ends there', () => {
    const many = (count: number): readonly BoxStep[] =>
      stepsOf(joined(...Array<Piece>(count).fill(boxOf('free'))));
    expect(many(BOXES_MAX).every(({ kind }) => kind === 'box')).toBe(true);
    expect(many(BOXES_MAX + 5)).toHaveLength(BOXES_MAX + 1);
    expect(many(BOXES_MAX + 5).at(-1)).toMatchObject({ problem: 'count-over-limit', offset: 8 * BOXES_MAX });
  });
});

describe('the boxes of a sample entry', () => {
  const insideOf = (entry: Piece): readonly string[] =>
    boxesOf(tableOf('stsd', 1, entry))
      .slice(2)
      .map(({ type }) => type);

  it.each<[string, Uint8Array]>([
    ['of a picture track', visualEntryOf('avc1', 16, 16, esdsOf())],
    ['of a sound track', audioEntryOf('mp4a', 0, esdsOf())],
    ['of QuickTime sound, version 1', audioEntryOf('mp4a', 1, esdsOf())],
    ['of QuickTime sound, version 2', audioEntryOf('mp4a', 2, esdsOf())],
    ['of sound of no known version', audioEntryOf('mp4a', 9, esdsOf())],
    ['of a system track', boxOf('mp4s', zeros(8), esdsOf())],
  ])('%s are found behind its fields', (_, entry) => {
    expect(insideOf(entry)).toEqual(['esds']);
  });

  it('are not looked for in an entry of a kind that is not known', () => {
    expect(insideOf(boxOf('text', esdsOf()))).toEqual([]);
  });

  it('are those of a picture track by the type, in the list of entries only', () => {
    const kinds = boxesOf(
      tableOf('stsd', 1, visualEntryOf('avc1', 1, 1), audioEntryOf('mp4a', 0), boxOf('text')),
    );
    expect(kinds.map(isVisualEntry)).toEqual([false, true, false, false]);
    expect(boxesOf(boxOf('avc1')).map(isVisualEntry)).toEqual([false]);
  });
});

describe('the metadata box', () => {
  it.each<[string, Uint8Array]>([
    ['a version', fullBoxOf('meta', 0, boxOf('hdlr', zeros(20)))],
    ['none, as in QuickTime', boxOf('meta', boxOf('hdlr', zeros(20)))],
  ])('has boxes in it, with %s', (_, bytes) => {
    expect(pathsOf(bytes)).toEqual(['meta', '>hdlr']);
  });

  it('tells the size of a picture', () => {
    expect(pathsOf(pictureOf(4, 4))).toContain('>>>ispe');
  });
});
