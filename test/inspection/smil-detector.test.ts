import { describe, expect, it } from 'vitest';
import {
  SMIL_ATTRIBUTE_LENGTH_MAX,
  SMIL_DEPTH_MAX,
  SMIL_ELEMENTS_MAX,
  SMIL_FINDINGS,
  SMIL_REGIONS_MAX,
  smilDetector,
} from '../../src/inspection/smil-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { CORPUS } from '../support/corpus.ts';
import { corpusMessages, readingText, smil, textOctets } from '../support/smil-sample.ts';

const detector = readingText(smilDetector);
const SMIL = { family: 'smil' };
const found = (text: string): readonly string[] => codesOf(detector, textOctets(text), SMIL);
const inBody = (body: string): readonly string[] => found(smil({ layout: '', body }));

type Code = keyof typeof SMIL_FINDINGS;

const SHOWN = '<img src="a" region="R"/><text src="b" region="S"/>';
const inLayout = (layout: string): string => smil({ layout, body: SHOWN });

const SAMPLES: readonly (readonly [Code, string, string])[] = [
  ['smil-root-unexpected', 'a piece of it', '<body><par/></body>'],
  [
    'smil-doctype',
    'its public identifier',
    smil({ prolog: '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 2.0//EN">' }),
  ],
  [
    'smil-doctype-external',
    'somebody else’s',
    smil({ prolog: '<!DOCTYPE smil SYSTEM "http://example.com/a">' }),
  ],
  ['smil-declarations', 'an entity', smil({ prolog: '<!DOCTYPE smil [<!ENTITY a "http://example.com/">]>' })],
  ['smil-declarations', 'many', smil({ prolog: '<!DOCTYPE smil [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' })],
  ['smil-script', 'an element', smil({ head: '<script>1</script>' })],
  ['smil-script', 'a handler', smil({ body: '<par onclick="1"/>' })],
  ['smil-link-network', 'a picture', smil({ body: '<img src="http://example.com/a.jpg"/>' })],
  ['smil-link-network', 'a stream', smil({ body: '<video src="rtsp://example.com/a"/>' })],
  ['smil-link-network', 'without scheme', smil({ body: '<img src="//example.com/a.jpg"/>' })],
  [
    'smil-link-network',
    'the second of two',
    smil({ body: '<img src="a.jpg" src="ftp://example.com/a.jpg"/>' }),
  ],
  ['smil-link-network', 'for all links', smil({ head: '<meta name="Base" content="http://example.com/"/>' })],
  ['smil-link-network', 'for one element', smil({ body: '<img xml:base="http://example.com/" src="a"/>' })],
  ['smil-link-network', 'a style sheet', smil({ prolog: '<?xml-stylesheet href="http://example.com/"?>' })],
  ['smil-link-script', 'hidden', smil({ body: '<a href="&#106;ava&#10;script:1"/>' })],
  ['smil-link-data', 'a picture', smil({ body: '<img src="data:image/png;base64,AA=="/>' })],
  ['smil-link-data', 'a page', smil({ body: '<ref src="data:text/html,a"/>' })],
  ['smil-link-app', 'intent', smil({ body: '<a href="intent://a#Intent;end"/>' })],
  ['smil-link-device', 'file', smil({ body: '<img src="file:///sdcard/a.jpg"/>' })],
  ['smil-link-device', 'content', smil({ body: '<img src="content://sms/inbox"/>' })],
  ['smil-link-dial', 'tel', smil({ body: '<area href="tel:+15550100"/>' })],
  ['smil-link-other', 'mailto', smil({ body: '<a href="mailto:a@example.com"/>' })],
  ['smil-element-unexpected', 'of HTML', smil({ body: '<div/>' })],
  ['smil-elements-over-limit', 'many', `<smil>${'<par/>'.repeat(SMIL_ELEMENTS_MAX)}</smil>`],
  ['smil-depth-over-limit', 'deep', `<smil>${'<seq>'.repeat(SMIL_DEPTH_MAX)}</smil>`],
  [
    'smil-attribute-over-limit',
    'long',
    smil({ body: `<img alt="${'a'.repeat(SMIL_ATTRIBUTE_LENGTH_MAX + 1)}"/>` }),
  ],
  ['smil-regions-over-limit', 'many', inLayout('<region id="A"/>'.repeat(SMIL_REGIONS_MAX + 1))],
  ['smil-region-invisible', 'no width', inLayout('<region id="R" width="0"/>')],
  [
    'smil-region-invisible',
    'beside the screen',
    inLayout('<root-layout width="9"/><region id="R" left="9"/>'),
  ],
  ['smil-region-covered', 'by a text', inLayout('<region id="R"/><region id="S" z-index="1"/>')],
];

describe('SMIL', () => {
  it.each(SAMPLES)('gives %s: %s', (code, _, text) => {
    expect(found(text)).toEqual([code]);
  });

  it('has a sample for every code', () => {
    expect(new Set(SAMPLES.map(([code]) => code))).toEqual(new Set(Object.keys(SMIL_FINDINGS)));
  });

  it.each([
    ['the ordinary form', smil()],
    ['an XML declaration', smil({ prolog: '<?xml version="1.0" encoding="UTF-8"?>' })],
    ['a namespace', smil().replace('<smil>', '<smil xmlns="http://www.w3.org/2001/SMIL20/Language">')],
    ['capitals', '<SMIL><BODY><PAR><IMG SRC="a.jpg"/></PAR></BODY></SMIL>'],
    ['who wrote it', smil({ head: '<meta name="author" content="http://example.com/"/>' })],
    [
      'a transition',
      smil({ head: '<transition id="a" type="barWipe"/>', body: '<img src="a" transIn="a"/>' }),
    ],
    ['the name of a part that looks like a time', smil({ body: '<img src="12:30.jpg"/>' })],
    ['a text about links', smil({ body: '<text src="a.txt" alt="see http://example.com/"/>' })],
    ['external links in a comment', smil({ body: '<!-- <img src="http://example.com/"/> -->' })],
    [
      'regions that nothing is shown in',
      smil({ layout: '<region id="A" width="0"/><region id="B" left="100%"/>' }),
    ],
  ])('gives nothing for %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each<[string, number, (amount: number) => string]>([
    ['elements', SMIL_ELEMENTS_MAX, (amount) => `<smil>${'<par/>'.repeat(amount - 1)}</smil>`],
    [
      'depth',
      SMIL_DEPTH_MAX,
      (amount) => `<smil>${'<seq>'.repeat(amount - 1)}${'</seq>'.repeat(amount - 1)}</smil>`,
    ],
    [
      'attribute length',
      SMIL_ATTRIBUTE_LENGTH_MAX,
      (amount) => smil({ body: `<img src="${'a'.repeat(amount)}"/>` }),
    ],
    ['regions', SMIL_REGIONS_MAX, (amount) => inLayout('<region id="A"/>'.repeat(amount))],
  ])('may reach its limit of %s, and no more', (_, limit, sample) => {
    expect(found(sample(limit))).toEqual([]);
    expect(found(sample(limit + 1))).toHaveLength(1);
  });

  it('is not deep when its elements stand side by side', () => {
    expect(inBody('<par></par>'.repeat(SMIL_DEPTH_MAX))).toEqual([]);
  });

  it('is known by its label too, and left alone without either', () => {
    const external = textOctets(smil({ body: '<img src="http://example.com/"/>' }));
    expect(codesOf(detector, external, { family: 'text', declaredType: 'application/smil' })).toHaveLength(1);
    expect(codesOf(detector, external, { family: 'text', declaredType: 'text/plain' })).toEqual([]);
  });

  it('is looked at in every reading, and each code told once', () => {
    const texts = [smil({ body: '<div/>' }), smil({ body: '<b/><img src="http://example.com/"/>' })];
    expect(detectionsOf(smilDetector, textOctets(''), { ...SMIL, texts })).toEqual([
      { code: 'smil-element-unexpected', evidence: { character: texts[0]?.indexOf('<div') } },
      { code: 'smil-link-network', evidence: { character: texts[1]?.indexOf('<img') } },
    ]);
  });

  it('may be cut or damaged', () => {
    const samples = [smil(), ...SAMPLES.slice(0, 24).map(([, , text]) => text)];
    detectTruncated(detector, textOctets(smil()), SMIL);
    detectMutated(detector, samples.map(textOctets), SMIL);
  });
});

describe.skipIf(CORPUS.length === 0)('the SMIL of real messages', () => {
  const parts = corpusMessages().flatMap((message) => message.parts);
  const presentations = parts.filter(({ family }) => family === 'smil');

  it('gives nothing', () => {
    expect(presentations.length).toBeGreaterThan(15);
    for (const { octets, ...part } of presentations) {
      expect(codesOf(smilDetector, octets.bytes, part)).toEqual([]);
    }
  });
});
