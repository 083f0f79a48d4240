import { describe, expect, it } from 'vitest';
import { CONTENT_CLASS_TOKENS } from '../../src/codec/mms-tokens.ts';
import { CONTENT_CLASSES, contentClassOf } from '../../src/inspection/content-class.ts';
import { messageOf } from '../support/message-views.ts';
import { be16, joined, le16, zeros } from '../support/sample-octets.ts';
import { MEDIA_SAMPLES, wbmpOf } from '../support/media-samples.ts';

const jpegOf = (width: number, height: number): Uint8Array =>
  joined([0xff, 0xd8, 0xff, 0xc0], be16(11), [8], be16(height), be16(width), [1, 1, 0x11, 0]);
const gifOf = (width: number, height: number): Uint8Array =>
  joined('GIF89a', le16(width), le16(height), zeros(3));

const classOf = (contents: readonly Uint8Array[], size = 1000): string | undefined =>
  contentClassOf(messageOf(contents, { size }))?.name;

describe('the content classes', () => {
  it('have the names of X-Mms-Content-Class', () => {
    const tokens = new Set<string>(Object.values(CONTENT_CLASS_TOKENS));
    expect(CONTENT_CLASSES.filter(({ name }) => !tokens.has(name))).toEqual([]);
  });

  it.each<[string, string | undefined, readonly Uint8Array[]]>([
    ['text', 'text', [MEDIA_SAMPLES.smil, MEDIA_SAMPLES['utf-8']]],
    ['a card', 'image-basic', [MEDIA_SAMPLES.vcard]],
    ['speech', 'image-basic', [MEDIA_SAMPLES.amr]],
    ['video', 'video-basic', [MEDIA_SAMPLES['3gp']]],
    ['a format that no class has', undefined, [MEDIA_SAMPLES.png]],
    ['what nobody knows', undefined, [zeros(8)]],
    ['a small JPEG', 'image-basic', [jpegOf(160, 120)]],
    ['a JPEG that is too wide for a small one', 'image-rich', [jpegOf(161, 120)]],
    ['a JPEG that is too high for a small one', 'image-rich', [jpegOf(160, 121)]],
    ['a large JPEG', 'megapixel', [jpegOf(1600, 1200)]],
    ['a JPEG that is too large for all', undefined, [jpegOf(1601, 1200)]],
    ['a GIF', 'image-rich', [gifOf(640, 480)]],
    ['a GIF that is too large for it', 'megapixel', [gifOf(640, 481)]],
    ['a wireless bitmap', 'image-rich', [wbmpOf(200, 100)]],
  ])('%s fits %s', (_, name, contents) => {
    expect(classOf(contents)).toBe(name);
  });

  it.each([
    [30 * 1024, 'text'],
    [30 * 1024 + 1, 'image-rich'],
    [100 * 1024, 'image-rich'],
    [100 * 1024 + 1, 'video-rich'],
    [300 * 1024, 'video-rich'],
    [300 * 1024 + 1, 'megapixel'],
    [600 * 1024, 'megapixel'],
    [600 * 1024 + 1, undefined],
  ])('%i bytes of text fit %s', (size, name) => {
    expect(classOf([MEDIA_SAMPLES['utf-8']], size)).toBe(name);
  });
});
