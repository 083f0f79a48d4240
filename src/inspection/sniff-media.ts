/** What the content of a part is, whatever its label says: handsets choose their decoders by content, so do we. */
import type { Octets } from './octets.ts';
import { sniffArchive, sniffPdf } from './sniff-archives.ts';
import type { Sniffed, Sniffer } from './sniff-format.ts';
import { sniffImage } from './sniff-images.ts';
import { sniffIsobmff } from './sniff-isobmff.ts';
import { sniffProgram } from './sniff-programs.ts';
import { sniffSound } from './sniff-sound.ts';
import { sniffText } from './sniff-text.ts';
import { sniffWap } from './sniff-wap.ts';
import { sniffZip } from './sniff-zip.ts';

const UNRECOGNISED: Sniffed = { mediaType: '', family: undefined, format: '' };

/**
 * In the order of asking. Programs come before the documents that share their container, a magic at the start before
 * one that may stand further in, and text last, which has none.
 */
const SNIFFERS: readonly Sniffer[] = [
  sniffProgram,
  sniffIsobmff,
  sniffImage,
  sniffSound,
  sniffZip,
  sniffArchive,
  sniffWap,
  sniffPdf,
  sniffText,
];

/**
 * Recognises what a message may carry, and what it must never carry. This table is the authority: what it does not
 * recognise is not media, whatever another library makes of it. It reads a bounded prefix, of a ZIP the names at its
 * end as well, and never throws.
 */
export function sniffMedia(octets: Octets): Sniffed {
  for (const sniff of SNIFFERS) {
    const sniffed = sniff(octets);
    if (sniffed !== undefined)
      return { mediaType: sniffed.mediaType, family: sniffed.family, format: sniffed.format };
  }
  return UNRECOGNISED;
}
