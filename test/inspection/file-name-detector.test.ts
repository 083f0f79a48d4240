import { describe, expect, it } from 'vitest';
import {
  FILE_NAME_FINDINGS,
  FILE_NAME_LENGTH_MAX,
  fileNameDetector,
} from '../../src/inspection/file-name-detector.ts';
import { CORPUS } from '../support/corpus.ts';
import { codesOf, detectionsOf } from '../support/detection.ts';
import { viewsOf } from '../support/part-views.ts';
import { zeros } from '../support/sample-octets.ts';

type Code = keyof typeof FILE_NAME_FINDINGS;

const codes = (fileName: string, family?: string): readonly Code[] =>
  codesOf(fileNameDetector, zeros(1), { fileName, family });

const POSITIVES: readonly (readonly [Code, string, string | undefined])[] = [
  ['file-name-program', 'game.sis', undefined],
  ['file-name-program', 'Update.APK', 'zip'],
  ['file-name-program', 'photo.exe', 'jpeg'],
  ['file-name-program', 'photo.exe . ', 'jpeg'],
  ['file-name-program', 'caribe.sis', undefined],
  ['file-name-program', 'script.vbs', 'text'],
  ['file-name-double-extension', 'photo.jpg.exe', undefined],
  ['file-name-double-extension', 'invoice.pdf        .apk', undefined],
  ['file-name-disguise', 'photo.gif', 'pdf'],
  ['file-name-disguise', 'song.mp3', 'zip'],
  ['file-name-disguise', 'photo.gif', 'psd'],
  ['file-name-other-kind', 'photo.jpg', 'isomedia'],
  ['file-name-other-kind', 'photo.jpg', 'text'],
  ['file-name-other-kind', 'film.mp4', 'jpeg'],
  ['file-name-other-kind', 'paper.pdf', 'jpeg'],
  ['file-name-override', 'photo\u202egpj', undefined],
  ['file-name-bidi', '\u202aphoto', undefined],
  ['file-name-bidi', '\u2067photo', undefined],
  ['file-name-path', '../../data/x', undefined],
  ['file-name-path', 'a\\..\\b', undefined],
  ['file-name-path', '..', undefined],
  ['file-name-path', 'C:\\x', undefined],
  ['file-name-long', 'x'.repeat(FILE_NAME_LENGTH_MAX + 1), undefined],
];

describe('fileNameDetector', () => {
  it.each(POSITIVES)('reports %s for %j', (code, fileName, family) => {
    expect(codes(fileName, family)).toEqual([code]);
  });

  it('has a test for every code', () => {
    const tested = new Set<string>(POSITIVES.map(([code]) => code));
    expect(Object.keys(FILE_NAME_FINDINGS).filter((code) => !tested.has(code))).toEqual([]);
  });

  it.each([
    ['IMG_1.jpg', 'jpeg'],
    ['IMG_1.jpg', 'png'],
    ['voice.3gp', 'amr'],
    ['voice.amr', 'isomedia'],
    ['song.m4a', 'isomedia'],
    ['SMIL.TXT', 'smil'],
    ['contact.vcf', 'text'],
    ['tune.imy', 'imelody'],
    ['tune.imy', 'text'],
    ['drawing.svg', 'text'],
    ['ringtone.mid', 'drm'],
    ['._IMG_1.jpg', 'litter'],
    ['photo.jpg', undefined],
    ['photo.unknown', 'pdf'],
    ['name', 'jpeg'],
    ['', 'pdf'],
    ['12345@host.com', 'jpeg'],
    ['http://www.example.com', 'text'],
    ['v1.2..3', 'text'],
    ['a...b', 'text'],
    ['x'.repeat(FILE_NAME_LENGTH_MAX), 'jpeg'],
    ['تقرير\u200f.pdf', 'pdf'],
    ['/tmp/php86myoT', 'smil'],
  ])('says nothing of %j on %s', (fileName, family) => {
    expect(codes(fileName, family)).toEqual([]);
  });

  it('sees through characters that turn the name or are not seen', () => {
    expect(codes('photo\u202egpj.exe')).toEqual(['file-name-override', 'file-name-program']);
    expect(codes('photo.a\u200bpk')).toEqual(['file-name-program']);
  });

  it('shows the extension and the family, never the name', () => {
    const [detection] = detectionsOf(fileNameDetector, zeros(1), { fileName: 'secret.gif', family: 'pdf' });
    expect(detection?.evidence).toEqual({ extension: 'gif', content: 'pdf' });
  });
});

describe.skipIf(CORPUS.length === 0)('real messages', () => {
  it.each(CORPUS.filter(({ type }) => type.startsWith('m-')))('$file: no name deceives', ({ bytes }) => {
    const found = viewsOf(bytes).flatMap(({ fileName, family }) => codes(fileName, family));
    expect(found).toEqual([]);
  });
});
