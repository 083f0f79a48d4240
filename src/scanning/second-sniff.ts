/** A second opinion on content that our own table does not recognise. */
import { fileTypeFromBuffer } from 'file-type';

/**
 * Octets that are looked at: what the library itself samples of a stream. More would only feed those of its detectors
 * that inflate, and what is left to it here needs no more.
 */
export const SECOND_SNIFF_OCTETS_MAX = 4100;

/**
 * The media type that the `file-type` library makes of the start of a part, without parameters; undefined where it makes
 * nothing of it, and for any error of it.
 *
 * It is asked second, and only for a name to show. Its readme calls its answers a best-effort hint: some rest on two
 * octets, it knows neither SIS, WBMP, iMelody, SMIL nor DRM, and files were found that kept it busy for ever
 * (CVE-2022-36313). So `sniffMedia` is the authority, this never allows a part nor refuses a message, and it runs only
 * in a thread that can be ended.
 */
export async function secondSniff(bytes: Uint8Array, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const prefix = bytes.subarray(0, SECOND_SNIFF_OCTETS_MAX);
    const found = await fileTypeFromBuffer(prefix, signal === undefined ? {} : { signal });
    return found?.mime.split(';')[0];
  } catch {
    return undefined;
  }
}
