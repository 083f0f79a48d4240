import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { PDF_HEADER_SEARCH_OCTETS, sniffArchive, sniffPdf } from '../../src/inspection/sniff-archives.ts';
import { ARCHIVE_SAMPLES } from '../support/media-samples.ts';
import { joined, patched, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffArchive(new Octets(bytes))?.format;

describe('sniffArchive', () => {
  it.each(Object.entries(ARCHIVE_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['gzip of another method', patched(ARCHIVE_SAMPLES.gzip, 2, [7])],
    ['bzip2 without a block', patched(ARCHIVE_SAMPLES.bzip2, 4, [0])],
    ['an unknown method of LZH', patched(ARCHIVE_SAMPLES.lzh, 5, '9')],
    ['nothing', zeros(0)],
  ])('does not recognise %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });
});

describe('sniffPdf', () => {
  const isPdf = (bytes: Uint8Array): boolean => sniffPdf(new Octets(bytes)) !== undefined;

  it('finds the header behind other octets, as far as readers look', () => {
    expect(isPdf(joined(zeros(PDF_HEADER_SEARCH_OCTETS - 5), '%PDF-1.4'))).toBe(true);
    expect(isPdf(joined(zeros(PDF_HEADER_SEARCH_OCTETS - 4), '%PDF-1.4'))).toBe(false);
  });

  it('needs a version', () => {
    expect(isPdf(joined('%PDF-x'))).toBe(false);
    expect(isPdf(joined('%PDF-'))).toBe(false);
  });
});
