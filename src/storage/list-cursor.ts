/** Cursors of lists. Whoever asks gives them back, so nothing in them is believed. */
import { storableText } from './storable-text.ts';

/** Where a list has stopped: the values of the columns that it is ordered by. */
export type ListPlace = readonly (string | number)[];

/** What each value of a place must be: numbers are whole. */
export type PlaceShape = readonly ('string' | 'number')[];

/** The cursor of a place: letters, digits, - and _. */
export function writeCursor(place: ListPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place of a cursor; undefined for one that this list cannot have given. Never throws. */
export function readCursor(cursor: string, shape: PlaceShape): ListPlace | undefined {
  const place = parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(place) || place.length !== shape.length) return undefined;
  return place.every((value, index) => isFit(value, shape[index])) ? (place as ListPlace) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFit(value: unknown, type: PlaceShape[number] | undefined): boolean {
  if (type === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' && value === storableText(value);
}
