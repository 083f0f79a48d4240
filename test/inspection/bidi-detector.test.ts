import { describe, expect, it } from 'vitest';
import { bidiDetector } from '../../src/inspection/bidi-detector.ts';
import { ORDINARY_TEXTS, textCodes } from '../support/text-sample.ts';

const inText = (text: string) => textCodes(bidiDetector, text);
const inName = (fileName: string) => textCodes(bidiDetector, '', { fileName, texts: [], family: 'jpeg' });

describe('the bidi detector', () => {
  it.each(['photo\u202Egpj.apk', '\u2066photo.jpg', 'a\u202Bb.txt'])(
    'reports a part that is named %j',
    (fileName) => {
      expect(inName(fileName)).toEqual(['bidi-part-name']);
    },
  );

  it.each(['photo.jpg', 'תמונה.jpg', '\u200Fצילום\u200F.jpg', ''])(
    'says nothing of a part that is named %j',
    (fileName) => {
      expect(inName(fileName)).toEqual([]);
    },
  );

  it.each([
    'open photo\u202Egpj.apk now',
    'photo\u2066gpj.exe',
    '(annex\u202Bcod.sis).',
    'פרק1\u202Agpj.apk',
  ])('reports the file name in %j', (text) => {
    expect(inText(text)).toContain('bidi-file-name');
  });

  it.each([
    '\u2068photo.jpg\u2069 is here',
    '\u202Aphoto.jpg\u202C',
    'call \u202D+49 30 1\u202C',
    'a\u202A b.jpg',
    'word\u202A end.',
    '\u200Fphoto.jpg\u200E',
  ])('says nothing of %j', (text) => {
    expect(inText(text)).toEqual([]);
  });

  it('reports an override that turns a text around', () => {
    expect(inText('\u202Eolleh')).toEqual(['bidi-override']);
    expect(inText('photo\u202Egpj.apk')).toEqual(['bidi-file-name', 'bidi-override']);
  });

  it.each(ORDINARY_TEXTS)('says nothing of %s', (_, text) => {
    expect(inText(text)).toEqual([]);
  });

  it.each(['a\u202E', 'a\u202E.ab,', '\u202E ', 'a\u202E.', '"'])('gets through a flood of %j', (unit) => {
    const text = `a\u202A${unit.repeat(100_000)}`;
    expect(inText(text).length).toBeLessThanOrEqual(2);
  });
});
