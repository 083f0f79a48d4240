/** How many pixels a picture may claim to have, however few octets it takes. */

/** Pixels across and down. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a PNG, GIF, WebP or BMP. Real ones stay far below; every pixel costs a decoder 4 octets or more. */
export const PIXELS_MAX = 100_000_000;

/** From here on a picture is worth a note. */
export const PIXELS_LARGE = 50_000_000;

/** Pixels of all frames of an animation, each as large as the canvas that it is drawn on. */
export const ANIMATION_PIXELS_MAX = 1_000_000_000;

/** How unusual so many pixels are: a flood, many, or (undefined) nothing to speak of. */
export function judgePixels(pixels: number): 'flood' | 'many' | undefined {
  if (pixels > PIXELS_MAX) return 'flood';
  return pixels > PIXELS_LARGE ? 'many' : undefined;
}
