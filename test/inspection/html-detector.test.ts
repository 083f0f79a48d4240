import { describe, expect, it } from 'vitest';
import { HTML_FINDINGS, htmlDetector } from '../../src/inspection/html-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { readingText, textOctets } from '../support/smil-sample.ts';

const detector = readingText(htmlDetector);
const HTML = { family: 'html' };
const page = (body: string): string =>
  `<!DOCTYPE html><html><head><title>a</title></head><body>${body}</body></html>`;
const found = (text: string): readonly string[] => codesOf(detector, textOctets(text), HTML);

const SAMPLES: readonly (readonly [keyof typeof HTML_FINDINGS, string])[] = [
  ['html-script', page('<script>1</script>')],
  ['html-event-handler', page('<p onclick="1">')],
  ['html-script-link', page('<a href="java&#115;cript:1">a</a>')],
  ['html-script-link', page('<a href="data:text/html,a">a</a>')],
  ['html-app-link', page('<a href="intent://a#Intent;end">a</a>')],
  ['html-service-code-link', page('<a href="tel:*2767*3855%23">a</a>')],
  ['html-device-link', page('<img src="file:///sdcard/a.jpg">')],
  ['html-dial-link', page('<a href="tel:+15550100">a</a>')],
  ['html-embedded-document', page('<iframe src="a.html"></iframe>')],
  ['html-form', page('<form action="http://example.com/"><input type="password"></form>')],
  ['html-refresh', '<html><meta http-equiv="refresh" content="0; url=http://example.com/"></html>'],
  ['html-declarations', '<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>'],
  ['html-remote-content', page('<img src="http://example.com/a.gif">')],
];

describe('a page', () => {
  it.each(SAMPLES)('gives %s: %s', (code, text) => {
    expect(found(text)).toEqual([code]);
  });

  it('has a sample for every code', () => {
    expect(new Set(SAMPLES.map(([code]) => code))).toEqual(new Set(Object.keys(HTML_FINDINGS)));
  });

  it('is at most medium: pages that an operator allows hold script', () => {
    const severities = Object.values(HTML_FINDINGS).map(({ severity }) => severity);
    expect(severities).not.toContain('high');
    expect(severities).not.toContain('critical');
  });

  it.each([
    [
      'links and pictures of the message',
      page('<a href="http://example.com/">a</a><img src="cid:a"><img src="a.gif">'),
    ],
    [
      'an XHTML document type',
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/a"><html/>',
    ],
    ['a style', page('<style>p { color: red } a > b { background: url(a.gif) }</style>')],
    ['text about script', page('<pre>&lt;script&gt;</pre><p title="onclick=1">javascript:1</p>')],
  ])('gives nothing for %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['HTML', 'text/html', 1],
    ['XHTML', 'application/vnd.wap.xhtml+xml', 1],
    ['WML', 'text/vnd.wap.wml', 1],
    ['text', 'text/plain', 0],
  ])('without a root is known by its label: %s', (_, declaredType, count) => {
    const script = textOctets('hello<script>1</script>');
    expect(codesOf(detector, script, { family: 'text', declaredType })).toHaveLength(count);
  });

  it('is looked at in every reading, and each code told once', () => {
    const texts = ['<script>', '<script><form>'];
    expect(detectionsOf(htmlDetector, textOctets(''), { ...HTML, texts })).toEqual([
      { code: 'html-script', evidence: { character: 0 } },
      { code: 'html-form', evidence: { character: 8 } },
    ]);
  });

  it('may be cut or damaged', () => {
    const samples = SAMPLES.map(([, text]) => textOctets(text));
    for (const sample of samples) detectTruncated(detector, sample, HTML);
    detectMutated(detector, samples, HTML);
  });
});
