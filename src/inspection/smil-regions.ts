/** Where the regions of a SMIL layout are on the screen, and which of them nobody can see. */
import { attributeValue, type MarkupAttribute } from './xml-tokens.ts';

/** A region of a layout, or its root, with the attributes that place it. */
export interface SmilRegion {
  readonly id: string;
  readonly left: SmilLength | undefined;
  readonly top: SmilLength | undefined;
  readonly width: SmilLength | undefined;
  readonly height: SmilLength | undefined;
  readonly zIndex: number;
}

/** A length as SMIL writes it: pixels, with or without their unit, or a share of the root's. */
export interface SmilLength {
  readonly value: number;
  readonly unit: 'px' | '%';
}

/** A region by its attributes. What is missing or no length is as if it were not there. */
export function regionOf(attributes: readonly MarkupAttribute[]): SmilRegion {
  const length = (name: string): SmilLength | undefined => lengthOf(attributeValue(attributes, name) ?? '');
  return {
    id: attributeValue(attributes, 'id') ?? '',
    left: length('left'),
    top: length('top'),
    width: length('width'),
    height: length('height'),
    zIndex: Number.parseInt(attributeValue(attributes, 'z-index') ?? '', 10) || 0,
  };
}

const LENGTH = /^\s*([+-]?\d{1,9}(?:\.\d{1,9})?)\s*(px|%)?\s*$/;

function lengthOf(text: string): SmilLength | undefined {
  const match = LENGTH.exec(text);
  return match ? { value: Number(match[1]), unit: match[2] === '%' ? '%' : 'px' } : undefined;
}

/** From and to, as a share of the root: 0 is its left or upper edge, 1 the other. */
type Span = readonly [from: number, to: number];

/** True for a region that has no area, or lies outside of the root wherever that can be told. */
export function isInvisible(region: SmilRegion, root: SmilRegion): boolean {
  return spansOf(region, root).some(([from, to]) => to <= from || to <= 0 || from >= 1);
}

/** True when `upper` is put above `lower` and leaves nothing of it free. */
export function isCovering(upper: SmilRegion, lower: SmilRegion, root: SmilRegion): boolean {
  const [upperX, upperY] = spansOf(upper, root);
  const [lowerX, lowerY] = spansOf(lower, root);
  return upper.zIndex > lower.zIndex && holds(upperX, lowerX) && holds(upperY, lowerY);
}

function holds(outer: Span, inner: Span): boolean {
  return outer[0] <= inner[0] && outer[1] >= inner[1];
}

function spansOf(region: SmilRegion, root: SmilRegion): readonly [x: Span, y: Span] {
  return [spanOf(region.left, region.width, root.width), spanOf(region.top, region.height, root.height)];
}

/** A region that does not say where it starts starts at the edge; one without a size reaches to the other edge. */
function spanOf(
  start: SmilLength | undefined,
  size: SmilLength | undefined,
  whole: SmilLength | undefined,
): Span {
  const from = shareOf(start, whole) ?? 0;
  const length = shareOf(size, whole);
  return [from, length === undefined ? Math.max(1, from + 1) : from + length];
}

/** Undefined for pixels of a root whose pixels are not known; none are none of any. */
function shareOf(length: SmilLength | undefined, whole: SmilLength | undefined): number | undefined {
  if (length === undefined) return undefined;
  if (length.unit === '%') return length.value / 100;
  if (length.value === 0) return 0;
  return whole?.unit === 'px' && whole.value > 0 ? length.value / whole.value : undefined;
}
