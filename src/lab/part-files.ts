/** Writes the parts of a message as files. Names come from the message and are hostile: they never leave the folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { textParameter, type ContentType } from '../codec/content-type.ts';
import type { Part } from '../codec/multipart.ts';
import { parameterOf } from '../codec/parameters.ts';
import type { PduBody } from '../codec/pdu-types.ts';
import { decodeBody } from '../codec/transfer-encoding.ts';
import { extensionOf } from './media-by-extension.ts';

/** Characters of a file name that come from the message. */
export const NAME_LENGTH_MAX = 80;

/** A part as it is written. */
export interface PartFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What became of one file. */
export type WrittenFile =
  | { readonly ok: true; readonly path: string; readonly mediaType: string; readonly bytes: number }
  | { readonly ok: false; readonly path: string; readonly reason: string };

/**
 * The files of a body: its parts, those of nested multiparts in place of them, with their transfer encoding undone.
 * Each name begins with the number of its part, so that no two are the same and none is hidden or special.
 */
export function partFiles(
  body: PduBody | undefined,
  contentType: ContentType | undefined,
): readonly PartFile[] {
  if (body === undefined) return [];
  const parts = body.kind === 'multipart' ? leaves(body.parts) : [singlePart(body.bytes, contentType)];
  return parts.map((part, index) => {
    const { mediaType } = part.contentType;
    return { name: `${index + 1}-${safeName(part)}`, mediaType, bytes: decodeBody(part).bytes };
  });
}

/** Writes files into a folder, made where it is missing. A file that exists, or a link, is never written to. Never rejects. */
export async function writePartFiles(
  folder: string,
  files: readonly PartFile[],
): Promise<readonly WrittenFile[]> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    return [{ ok: false, path: folder, reason: messageOf(error) }];
  }
  return await Promise.all(files.map((file) => writePartFile(folder, file)));
}

async function writePartFile(folder: string, { name, mediaType, bytes }: PartFile): Promise<WrittenFile> {
  const path = join(folder, name);
  try {
    await writeFile(path, bytes, { flag: 'wx' });
    return { ok: true, path, mediaType, bytes: bytes.length };
  } catch (error) {
    return { ok: false, path, reason: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function leaves(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part) => (part.nested === undefined ? [part] : leaves(part.nested.parts)));
}

function singlePart(bytes: Uint8Array, contentType: ContentType | undefined): Part {
  return { contentType: contentType ?? { mediaType: '*/*', parameters: [] }, headers: { others: [] }, bytes };
}

function safeName(part: Part): string {
  const kept = basename(claimedName(part).replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._]+|[._]+$/g, '');
  const name = Array.from(kept).slice(-NAME_LENGTH_MAX).join('');
  if (/[^.]\.[a-z0-9]{1,5}$/i.test(name)) return name;
  return `${name === '' ? 'part' : name}${extensionOf(part.contentType.mediaType)}`;
}

/** What the message calls the part, in the order in which handsets look. */
function claimedName({ contentType, headers }: Part): string {
  const { contentDisposition, contentLocation, contentId } = headers;
  const fileName = parameterOf(contentDisposition?.parameters ?? [], 'filename');
  const names = [textParameter(contentType, 'name'), fileName, contentLocation, contentId];
  return names.find((name) => typeof name === 'string' && name !== '')?.toString() ?? '';
}
