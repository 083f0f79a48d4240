import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { pdfSections } from '../../src/inspection/pdf-sections.ts';
import { joined } from '../support/sample-octets.ts';

/** The objects, the last object and the data of each section, as text. */
function sectionsOf(text: string): string[][] {
  const sections = [...pdfSections(new Octets(joined(text)))];
  return sections.map(({ from, to, objectFrom, data }) => [
    text.slice(from, to),
    text.slice(objectFrom, to),
    data ? text.slice(data.from, data.to) : '-',
  ]);
}

describe('sections of a PDF', () => {
  it('are its objects, each with the data of the stream that ends them', () => {
    expect(sectionsOf('1 0 obj a 2 0 obj b stream\r\nDATAendstream endobj')).toEqual([
      ['1 0 obj a 2 0 obj b stream\r\n', 'obj b stream\r\n', 'DATA'],
      [' endobj', ' endobj', '-'],
    ]);
  });

  it.each([
    ['a line feed', 'stream\nDATA', 'DATA'],
    ['a carriage return alone', 'stream\rDATA', 'DATA'],
    ['both', 'stream\r\n\nDATA', '\nDATA'],
    ['no end', 'stream\nDATA stream\n', 'DATA stream\n'],
    ['no data', 'stream\nendstream', ''],
  ])('begin data behind %s', (_, text, data) => {
    expect(sectionsOf(text)[0]?.[2]).toBe(data);
  });

  it.each(['', 'endstream', 'endstream\nA', 'a stream of words', 'upstream and downstream', 'stream'])(
    'have no data in %j',
    (text) => {
      expect(sectionsOf(text)).toEqual([[text, text, '-']]);
    },
  );

  it('without an object start where they start', () => {
    expect(sectionsOf('<< >> stream\nA')[0]?.[1]).toBe('<< >> stream\n');
  });

  it.each([
    ['stream\n9 0 obj <<>>endstream', true],
    ['stream\nob jendstream obj', false],
  ])('tell whether data looks like objects: %j', (text, expected) => {
    const [section] = [...pdfSections(new Octets(joined(text)))];
    expect(section?.data?.hasObjects).toBe(expected);
  });
});
