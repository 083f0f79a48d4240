/** The content classes of OMA MMS: what every handset of a class promises to show. */
import { jpegDimensions } from './jpeg-markers.ts';
import type { FamilyName } from './media-families.ts';
import type { MessageView, PartView } from './part-view.ts';
import { u16le } from './sniff-format.ts';
import { wbmpHeader } from './sniff-images.ts';

/** One class: how large a message and its pictures may be, and what may be in it. */
export interface ContentClass {
  /** As X-Mms-Content-Class has it. */
  readonly name: string;
  readonly bytesMax: number;
  readonly widthMax: number;
  readonly heightMax: number;
  readonly families: readonly FamilyName[];
}

const KIB = 1024;
const TEXTS: readonly FamilyName[] = ['text', 'smil'];
const PICTURES: readonly FamilyName[] = [...TEXTS, 'jpeg', 'gif', 'wbmp', 'amr', 'vcard', 'vcal'];
const VIDEOS: readonly FamilyName[] = [...PICTURES, 'isomedia'];

/**
 * From the least to the most demanding (OMA-TS-MMS_CONF 1.3, section 7). Content Basic and Content Rich are left out:
 * their sizes could not be confirmed.
 */
export const CONTENT_CLASSES: readonly ContentClass[] = [
  { name: 'text', bytesMax: 30 * KIB, widthMax: 0, heightMax: 0, families: TEXTS },
  { name: 'image-basic', bytesMax: 30 * KIB, widthMax: 160, heightMax: 120, families: PICTURES },
  { name: 'image-rich', bytesMax: 100 * KIB, widthMax: 640, heightMax: 480, families: PICTURES },
  { name: 'video-basic', bytesMax: 100 * KIB, widthMax: 640, heightMax: 480, families: VIDEOS },
  { name: 'video-rich', bytesMax: 300 * KIB, widthMax: 640, heightMax: 480, families: VIDEOS },
  { name: 'megapixel', bytesMax: 600 * KIB, widthMax: 1600, heightMax: 1200, families: VIDEOS },
];

/** The least demanding class that a message fits, by its size, its media and the size of its pictures; undefined for none. */
export function contentClassOf({ pduBytes, parts }: MessageView): ContentClass | undefined {
  return CONTENT_CLASSES.find(
    (contentClass) =>
      pduBytes.length <= contentClass.bytesMax && parts.every((part) => fits(part, contentClass)),
  );
}

function fits(part: PartView, { families, widthMax, heightMax }: ContentClass): boolean {
  if (!families.some((family) => family === part.family)) return false;
  const size = pictureSize(part);
  return size === undefined || (size.width <= widthMax && size.height <= heightMax);
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture of the families that the classes have; undefined for all else. */
function pictureSize({ family, octets }: PartView): PictureSize | undefined {
  if (family === 'jpeg') return jpegDimensions(octets);
  if (family === 'gif') return { width: u16le(octets, 6), height: u16le(octets, 8) };
  return family === 'wbmp' ? wbmpHeader(octets) : undefined;
}
