/** Packs a held message for an analyst: what came, what is in it, and what was found. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { DecodeError } from '../codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS } from '../codec/decode-limits.ts';
import { REAL_WORLD } from '../codec/deviations.ts';
import { decodePdu } from '../codec/pdu.ts';
import { openMessage } from '../inspection/inspect-message.ts';
import type { PartView } from '../inspection/part-view.ts';
import { decodeContent } from '../scanning/content-encoding.ts';
import type { FullRecord } from '../storage/quarantine-store.ts';

/** The word that analysts expect: it keeps mail filters and virus scanners from opening the archive by themselves. */
export const EXPORT_PASSWORD = 'infected';

/** Octets of a body with its Content-Encoding undone: as many as the largest limit of the decoder that makes sense. */
export const EXPORT_CONTENT_BYTES_MAX = 64 * 1024 * 1024;

/** A record with its content. */
export interface RecordWithContent extends FullRecord {
  readonly body: Uint8Array;
}

/**
 * A ZIP with `message.mms` (the octets as they came), `part-0.bin` and on (numbered as findings name them, transfer
 * encodings undone) and `report.json`. No name in it is taken from the message. It is enciphered by ZipCrypto, which
 * every program can open: the password protects nothing. A message that cannot be decoded has no parts, and the report
 * says why. It blocks while it decodes: run it in a thread that can be ended. Rejects only for bugs.
 */
export async function exportArchive(record: RecordWithContent): Promise<Uint8Array> {
  const { body, ...facts } = record;
  const opened = openParts(record);
  const parts = opened.parts.map(({ index, octets, declaredType, fileName, sniffedType }) => {
    return { index, file: partFile(index), bytes: octets.bytes.length, declaredType, sniffedType, fileName };
  });
  const report = { ...facts, export: { undecodable: opened.undecodable, parts } };
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    password: EXPORT_PASSWORD,
    zipCrypto: true,
    useWebWorkers: false,
    lastModDate: new Date(record.atMs),
  });
  await zip.add('message.mms', new Uint8ArrayReader(body));
  for (const { index, octets } of opened.parts) {
    await zip.add(partFile(index), new Uint8ArrayReader(octets.bytes));
  }
  const text = Buffer.from(`${JSON.stringify(report, undefined, 2)}\n`);
  await zip.add('report.json', new Uint8ArrayReader(text));
  return zip.close();
}

function partFile(index: number): string {
  return `part-${index}.bin`;
}

interface OpenedParts {
  readonly parts: readonly PartView[];
  /** Why there are no parts; undefined when it decodes. */
  readonly undecodable: string | undefined;
}

function openParts(record: RecordWithContent): OpenedParts {
  const content = decodeContent(record.body, contentEncodings(record), EXPORT_CONTENT_BYTES_MAX);
  if (content.kind === 'failed') return { parts: [], undecodable: `content-encoding: ${content.reason}` };
  const limits = { ...DEFAULT_DECODE_LIMITS, pduBytesMax: EXPORT_CONTENT_BYTES_MAX };
  const decode = { limits, tolerate: REAL_WORLD };
  try {
    const { parts } = openMessage(decodePdu(content.bytes, decode), decode);
    // A part that can be read in two ways is there twice: the first is the one with its transfer encoding undone.
    return {
      parts: parts.filter(({ index }, place) => parts[place - 1]?.index !== index),
      undecodable: undefined,
    };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { parts: [], undecodable: error.code };
  }
}

/** A fetch's own headers say nothing of the body that answered it. */
function contentEncodings({ http, direction }: FullRecord): readonly string[] {
  if (http.contentEncodings !== undefined) return http.contentEncodings;
  if (direction === 'inbound') return [];
  return http.headers.filter(
    (_, place) => place % 2 === 1 && http.headers[place - 1]?.toLowerCase() === 'content-encoding',
  );
}
