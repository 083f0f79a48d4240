import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { sniffZip } from '../../src/inspection/sniff-zip.ts';
import { ZIP_SAMPLES } from '../support/media-samples.ts';
import { joined, zeros } from '../support/sample-octets.ts';
import { zipOf } from '../support/zip-sample.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffZip(new Octets(bytes))?.format;
const zip = (...names: readonly string[]): Uint8Array => zipOf(names.map((name) => ({ name, content: 'x' })));

describe('sniffZip', () => {
  it.each(Object.entries(ZIP_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['an application for Android without anything else', ['AndroidManifest.xml'], 'apk'],
    ['second code of an application for Android', ['classes2.dex'], 'apk'],
    ['a bundle of applications', ['base.apk', 'icon.png'], 'apk'],
    ['a Java archive without a manifest', ['a/B.class'], 'jar'],
    ['the worse of two kinds', ['[Content_Types].xml', 'word/document.xml', 'classes.dex'], 'apk'],
    ['a pass without its list', ['pass.json'], 'zip'],
    ['names that only look like those of an application', ['docs/AndroidManifest.xml.txt'], 'zip'],
    ['a folder called Payload', ['Payload/readme.txt'], 'zip'],
  ])('goes by the names: %s', (_, names, format) => {
    expect(formatOf(zip(...names))).toBe(format);
  });

  it('goes by local headers where the directory is cut off, or does not list a member', () => {
    expect(formatOf(ZIP_SAMPLES.apk.subarray(0, -30))).toBe('apk');
    const hidden = zipOf([
      { name: 'a.txt', content: 'x' },
      { name: 'classes.dex', content: 'x', isUnlisted: true },
    ]);
    expect(formatOf(hidden)).toBe('apk');
  });

  it('recognises an archive without members, and one that was split', () => {
    expect(formatOf(zipOf([]))).toBe('zip');
    expect(formatOf(joined('PK\x07\x08', ZIP_SAMPLES.zip))).toBe('zip');
  });

  it('does not recognise what only ends as an archive', () => {
    expect(formatOf(joined('GIF89a', ZIP_SAMPLES.zip))).toBeUndefined();
    expect(formatOf(zeros(0))).toBeUndefined();
  });
});
