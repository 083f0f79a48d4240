import { describe, expect, it } from 'vitest';
import { judgePixels, PIXELS_LARGE, PIXELS_MAX } from '../../src/inspection/pixel-area.ts';

describe('judgePixels', () => {
  it.each([
    [0, undefined],
    [PIXELS_LARGE, undefined],
    [PIXELS_LARGE + 1, 'many'],
    [PIXELS_MAX, 'many'],
    [PIXELS_MAX + 1, 'flood'],
    [2 ** 64, 'flood'],
  ] as const)('%d pixels are %s', (pixels, expected) => {
    expect(judgePixels(pixels)).toBe(expected);
  });
});
