import { describe, expect, it } from 'vitest';
import { judgePhotoPixels, PHOTO_PIXELS_LARGE, PHOTO_PIXELS_MAX } from '../../src/inspection/photo-area.ts';

describe('judgePhotoPixels', () => {
  it.each([
    [0, undefined],
    [PHOTO_PIXELS_LARGE, undefined],
    [PHOTO_PIXELS_LARGE + 1, 'many'],
    [PHOTO_PIXELS_MAX, 'many'],
    [PHOTO_PIXELS_MAX + 1, 'flood'],
  ])('judges %d pixels', (pixels, judgement) => {
    expect(judgePhotoPixels(pixels)).toBe(judgement);
  });
});
