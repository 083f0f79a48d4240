/** How handsets label files: by the name's extension, in the words that Android, iOS and older phones use. */
import { extname } from 'node:path';
import type { OrdinaryFile } from './collection.ts';
import type { Gathered } from './source.ts';

interface Labels {
  readonly family: string;
  readonly types: readonly string[];
}

const row = (family: string, ...types: readonly string[]): Labels => ({ family, types });

const JPEG = row('jpeg', 'image/jpeg', 'image/jpeg', 'image/jpg', 'image/pjpeg', 'application/octet-stream');
const TIGHT_FILM = ['video/3gpp', 'video/mp4', 'video/3gpp'] as const;

/** By extension; several files of one kind get the labels in turn. */
export const HANDSET_LABELS: Readonly<Record<string, Labels>> = {
  jpg: JPEG,
  jpeg: JPEG,
  png: row('png', 'image/png', 'image/png', 'image/x-png'),
  apng: row('png', 'image/png', 'image/apng'),
  gif: row('gif', 'image/gif'),
  webp: row('webp', 'image/webp'),
  bmp: row('bmp', 'image/bmp', 'image/x-ms-bmp', 'image/x-bmp'),
  wbmp: row('wbmp', 'image/vnd.wap.wbmp'),
  heic: row('heif', 'image/heic', 'image/heif'),
  '3gp': row('isomedia', ...TIGHT_FILM),
  '3g2': row('isomedia', 'video/3gpp2', 'video/3gpp'),
  '3ga': row('isomedia', 'audio/3gpp', 'audio/mp4', 'audio/amr', 'video/3gpp'),
  mp4: row('isomedia', 'video/mp4', 'video/mp4', 'video/3gpp'),
  m4v: row('isomedia', 'video/x-m4v', 'video/mp4'),
  mov: row('isomedia', 'video/quicktime', 'video/mp4'),
  m4a: row('isomedia', 'audio/mp4', 'audio/x-m4a', 'audio/aac', 'audio/aac_mp4', 'audio/m4a'),
  amr: row('amr', 'audio/amr', 'audio/AMR', 'audio/amr-nb', 'audio/3gpp'),
  awb: row('amr', 'audio/amr-wb', 'audio/amr'),
  aac: row('aac', 'audio/aac', 'audio/aacp', 'audio/x-hx-aac-adts'),
  mp3: row('mp3', 'audio/mpeg', 'audio/mp3', 'audio/x-mpeg', 'audio/mpeg3', 'audio/mpg'),
  mp2: row('mp3', 'audio/mpeg'),
  wav: row('wav', 'audio/x-wav', 'audio/wav', 'audio/vnd.wave'),
  ogg: row('ogg', 'audio/ogg', 'application/ogg'),
  oga: row('ogg', 'audio/ogg', 'application/ogg'),
  opus: row('ogg', 'audio/ogg', 'audio/opus'),
  mid: row('midi', 'audio/midi', 'audio/mid', 'audio/x-midi', 'audio/sp-midi'),
  imy: row('imelody', 'audio/imelody', 'text/x-imelody', 'text/x-iMelody'),
  qcp: row('qcp', 'audio/qcelp', 'audio/vnd.qcelp'),
  vcf: row('vcard', 'text/x-vCard', 'text/vcard', 'text/x-vcard', 'text/directory', 'text/plain'),
  vcs: row('vcal', 'text/x-vCalendar', 'text/x-vcalendar'),
  ics: row('vcal', 'text/calendar', 'text/x-vCalendar', 'application/ics'),
  smil: row('smil', 'application/smil', 'application/smil+xml', 'text/xml', 'text/plain'),
  txt: row('text', 'text/plain'),
};

/** The label of a file; the `turn` picks one where handsets differ. */
export function labelled(
  { name, declaredType, charset }: Gathered,
  path: string,
  turn: number,
): OrdinaryFile {
  const labels = HANDSET_LABELS[extensionOf(name)];
  if (labels === undefined) throw new Error(`no handset sends ${name}`);
  const { family, types } = labels;
  const label = { declaredType: declaredType ?? types[turn % types.length]! };
  return { path, name, family, ...label, ...(charset === undefined ? {} : { charset }) };
}

/** True for a file of a format that messages carry. */
export function isSendable(name: string): boolean {
  return Object.hasOwn(HANDSET_LABELS, extensionOf(name));
}

function extensionOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}
