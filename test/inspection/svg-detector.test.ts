import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SVG_FINDINGS, svgDetector } from '../../src/inspection/svg-detector.ts';
import { SVG_INFLATED_OCTETS_MAX } from '../../src/inspection/svg-gzip.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { readingText, textOctets } from '../support/smil-sample.ts';

const detector = readingText(svgDetector);
const SVG = { family: 'svg' };
const GZIP = { family: 'gzip', declaredType: 'image/svg+xml' };

const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const drawing = (content: string, prolog = ''): string => `${prolog}<svg ${NAMESPACES}>${content}</svg>`;
const found = (text: string): readonly string[] => codesOf(detector, textOctets(text), SVG);

const SAMPLES: readonly (readonly [keyof typeof SVG_FINDINGS, string])[] = [
  ['svg-script', '<svg><script>1</script></svg>'],
  ['svg-script', drawing('<s:script xmlns:s="http://www.w3.org/2000/svg" xlink:href="a.js"/>')],
  ['svg-event-handler', drawing('<g onload="1"/>')],
  ['svg-script-link', drawing('<a xlink:href="&#x6a;avascript:1"/>')],
  ['svg-script-link', drawing('<use href="data:image/svg+xml;base64,PHN2Zz4=#a"/>')],
  ['svg-embedded-document', drawing('<iframe src="a"/>')],
  ['svg-form', drawing('<form/>')],
  ['svg-refresh', drawing('<meta http-equiv="refresh" content="0"/>')],
  ['svg-declarations', drawing('&a;', '<!DOCTYPE svg [<!ENTITY a "<script>1</script>">]>')],
  ['svg-declarations', drawing('&b;', '<!DOCTYPE svg [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>')],
  ['svg-declarations', drawing('&a;', '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]>')],
  ['svg-external-doctype', drawing('', '<!DOCTYPE svg SYSTEM "http://example.com/a.dtd">')],
  ['svg-app-link', drawing('<a href="intent://a#Intent;end"/>')],
  ['svg-service-code-link', drawing('<a href="tel:*%2306%23"/>')],
  ['svg-dial-link', drawing('<a href="tel:+15550100"/>')],
  ['svg-device-link', drawing('<image href="file:///sdcard/a.jpg"/>')],
  ['svg-foreign-object', drawing('<foreignObject/>')],
  ['svg-remote-content', drawing('<image xlink:href="http://example.com/a.png"/>')],
  ['svg-abbreviations', drawing('', '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>')],
];

const COMPRESSED: readonly (readonly [keyof typeof SVG_FINDINGS, Uint8Array])[] = [
  ['svg-compressed', gzipSync(drawing('<g/>'))],
  ['svg-compressed-broken', gzipSync(drawing('<g/>')).subarray(0, 40)],
  ['svg-compressed-over-limit', gzipSync(Buffer.alloc(SVG_INFLATED_OCTETS_MAX + 1, ' '))],
];

describe('a drawing', () => {
  it.each(SAMPLES)('gives %s: %s', (code, text) => {
    expect(found(text)).toEqual([code]);
  });

  it.each(COMPRESSED)('that is compressed gives %s', (code, bytes) => {
    expect(codesOf(svgDetector, bytes, GZIP)).toEqual([code]);
  });

  it('has a sample for every code', () => {
    const codes = [...SAMPLES, ...COMPRESSED].map(([code]) => code);
    expect(new Set(codes)).toEqual(new Set(Object.keys(SVG_FINDINGS)));
  });

  const SVG_11 =
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
  it.each([
    ['a document type', drawing('<path d="M0 0"/>', `<?xml version="1.0"?>${SVG_11}`)],
    ['pictures in itself', drawing('<image xlink:href="data:image/png;base64,iVBORw0KGgo="/>')],
    ['references to itself', drawing('<use xlink:href="#a"/><g style="fill:url(#b)" filter="url(#c)"/>')],
    ['a link', drawing('<a xlink:href="https://example.com/"><text>a</text></a>')],
    ['metadata', drawing('<metadata><cc:license rdf:resource="http://example.com/"/></metadata>')],
    ['a style', drawing('<style type="text/css"><![CDATA[.a{fill:red}]]></style>')],
    ['animation', drawing('<animate attributeName="x" from="0" to="9" values="0;9"/>')],
    ['text about script', drawing('<text>&lt;script&gt; onload=1</text><!-- <script/> -->')],
  ])('is static with %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['its content', { family: 'svg' }, 1],
    ['its label', { family: 'text', declaredType: 'image/svg+xml' }, 1],
    ['neither', { family: 'text', declaredType: 'text/plain' }, 0],
  ])('is known by %s', (_, changes, count) => {
    expect(codesOf(detector, textOctets('<svg><script/></svg>'), changes)).toHaveLength(count);
  });

  it('is looked at in every reading, and each code told once', () => {
    const texts = ['<svg><script/></svg>', '<svg><script/><g onload=1/></svg>'];
    expect(detectionsOf(svgDetector, textOctets(''), { ...SVG, texts })).toEqual([
      { code: 'svg-script', evidence: { character: 5 } },
      { code: 'svg-event-handler', evidence: { character: 14 } },
    ]);
  });

  it.each([
    ['its label', GZIP],
    ['its name', { family: 'gzip', fileName: 'a.SVGZ' }],
  ])('is looked into when it is compressed, by %s', (_, changes) => {
    const active = gzipSync('<svg><script/></svg>');
    expect(codesOf(svgDetector, active, changes)).toEqual(['svg-compressed', 'svg-script']);
  });

  it('says so when the text of a compressed one is longer than what is read', () => {
    const long = gzipSync(drawing('<g/>'.repeat(100_000)));
    expect(codesOf(svgDetector, long, GZIP)).toEqual(['svg-compressed-over-limit']);
  });

  it('is not looked for in every compressed file', () => {
    expect(
      codesOf(svgDetector, gzipSync('<svg><script/></svg>'), { family: 'gzip', fileName: 'a.tgz' }),
    ).toEqual([]);
  });

  it('may be cut or damaged', () => {
    const samples = SAMPLES.map(([, text]) => textOctets(text));
    for (const sample of samples) detectTruncated(detector, sample, SVG);
    detectMutated(detector, samples, SVG);
    detectTruncated(svgDetector, COMPRESSED[0]![1], GZIP);
    detectMutated(
      svgDetector,
      COMPRESSED.slice(0, 2).map(([, bytes]) => bytes),
      GZIP,
    );
  });
});
