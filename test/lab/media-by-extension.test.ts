import { describe, expect, it } from 'vitest';
import { extensionOf, mediaTypeOf } from '../../src/lab/media-by-extension.ts';

describe('media types by extension', () => {
  it.each([
    ['photo.jpg', 'image/jpeg'],
    ['PHOTO.JPEG', 'image/jpeg'],
    ['a.b.3gp', 'video/3gpp'],
    ['card.vcf', 'text/x-vCard'],
    ['unknown.xyz', 'application/octet-stream'],
    ['none', 'application/octet-stream'],
  ])('%s is %s', (name, expected) => {
    expect(mediaTypeOf(name)).toBe(expected);
  });

  it.each([
    ['image/jpeg', '.jpg'],
    ['TEXT/PLAIN', '.txt'],
    ['application/x-unknown', '.bin'],
  ])('%s gets the extension %s', (mediaType, expected) => {
    expect(extensionOf(mediaType)).toBe(expected);
  });
});
