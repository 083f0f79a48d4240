import { describe, expect, it } from 'vitest';
import { extensionOf, mediaTypeOf } from '../../src/lab/media-by-extension.ts';

describe('mediaTypeOf', () => {
  it.each([
    ['photo.jpg', 'image/jpeg'],
    ['PHOTO.JPEG', 'image/jpeg'],
    ['clip.3gp', 'video/3gpp'],
    ['archive.tar.gz', 'application/octet-stream'],
    ['noextension', 'application/octet-stream'],
    ['.txt', 'application/octet-stream'],
  ])('takes %s for its type', (name, expected) => {
    expect(mediaTypeOf(name)).toBe(expected);
  });
});

describe('extensionOf', () => {
  it.each([
    ['image/jpeg', '.jpg'],
    ['IMAGE/PNG', '.png'],
    ['text/x-vcard', '.vcf'],
    ['application/x-unheard-of', '.bin'],
  ])('gives %s its extension', (mediaType, expected) => {
    expect(extensionOf(mediaType)).toBe(expected);
  });

  it.each(['.jpg', '.txt', '.amr', '.mp4', '.vcf'])('inverts %s', (extension) => {
    expect(extensionOf(mediaTypeOf(`x${extension}`))).toBe(extension);
  });
});
