/** Which media an operator lets messages carry. */
import {
  familyOfType,
  isFamilyName,
  MEDIA_FAMILIES,
  mediaTypeKey,
  type FamilyName,
  type MediaStanding,
} from './media-families.ts';

/** The families and single media types that may be in a message. Plain data, which crosses threads. */
export interface AllowedMedia {
  readonly families: ReadonlySet<FamilyName>;
  /** As `mediaTypeKey` has them. */
  readonly mediaTypes: ReadonlySet<string>;
}

/** What an operator changes of the families that are allowed by default. */
export interface AllowListChanges {
  /** Names of families, or media types, to allow as well. One that is never allowed stays so. */
  readonly allow?: readonly string[];
  /** Names of families not to allow. */
  readonly forbid?: readonly string[];
}

/** The default families, with an operator's changes. */
export function allowedMedia({ allow = [], forbid = [] }: AllowListChanges = {}): AllowedMedia {
  const byDefault = Object.keys(MEDIA_FAMILIES).filter((name) => standingOf(name) === 'allowed');
  const allowable = [...byDefault, ...allow].filter((entry) => standingOf(entry) !== 'never');
  const families = allowable.filter(isFamilyName).filter((name) => !forbid.includes(name));
  const mediaTypes = allowable.filter(isMediaType).map(mediaTypeKey);
  return { families: new Set(families), mediaTypes: new Set(mediaTypes) };
}

/**
 * How an entry of an allow list stands by default, or undefined for what is neither a family nor a media type. A media
 * type that no family has is `off`.
 */
export function standingOf(entry: string): MediaStanding | undefined {
  if (isFamilyName(entry)) return MEDIA_FAMILIES[entry].default;
  if (!isMediaType(entry)) return undefined;
  const family = familyOfType(entry);
  return family === undefined ? 'off' : MEDIA_FAMILIES[family].default;
}

function isMediaType(entry: string): boolean {
  return /^[^\s/]+\/[^\s/]+$/.test(entry);
}

/** What is allowed when an operator says nothing. */
export const DEFAULT_ALLOWED_MEDIA: AllowedMedia = allowedMedia();
