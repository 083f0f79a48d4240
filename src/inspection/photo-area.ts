/** How many pixels a photograph may claim to have. Sensors of phones reach what nobody draws or animates. */

/** Pixels of a JPEG or TIFF picture. The largest sensors of phones have 200 million. */
export const PHOTO_PIXELS_MAX = 250_000_000;

/** From here on a photograph is worth a note. */
export const PHOTO_PIXELS_LARGE = 50_000_000;

/** How unusual so many pixels are: a flood, many, or (undefined) nothing to speak of. */
export function judgePhotoPixels(pixels: number): 'flood' | 'many' | undefined {
  if (pixels > PHOTO_PIXELS_MAX) return 'flood';
  return pixels > PHOTO_PIXELS_LARGE ? 'many' : undefined;
}
