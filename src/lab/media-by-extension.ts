import { extname } from 'node:path';

/** Media types by file name extension: what handsets send. Where two extensions share a type, the first is written. */
const MEDIA_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['.txt', 'text/plain'],
  ['.smil', 'application/smil'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.heic', 'image/heic'],
  ['.bmp', 'image/bmp'],
  ['.wbmp', 'image/vnd.wap.wbmp'],
  ['.mp4', 'video/mp4'],
  ['.3gp', 'video/3gpp'],
  ['.amr', 'audio/amr'],
  ['.mp3', 'audio/mpeg'],
  ['.m4a', 'audio/mp4'],
  ['.mid', 'audio/midi'],
  ['.vcf', 'text/x-vCard'],
  ['.ics', 'text/x-vCalendar'],
  ['.html', 'text/html'],
  ['.pdf', 'application/pdf'],
]);

const UNKNOWN = { mediaType: 'application/octet-stream', extension: '.bin' };

/** The media type of a file by its name. */
export function mediaTypeOf(fileName: string): string {
  return MEDIA_BY_EXTENSION.get(extname(fileName).toLowerCase()) ?? UNKNOWN.mediaType;
}

/** The extension, with its dot, of files of a media type. */
export function extensionOf(mediaType: string): string {
  const wanted = mediaType.toLowerCase();
  const row = [...MEDIA_BY_EXTENSION].find(([, candidate]) => candidate.toLowerCase() === wanted);
  return row?.[0] ?? UNKNOWN.extension;
}
