/** ZIP archives, built field by field so that a test can set each field wrongly. */
import { crc32, deflateRawSync } from 'node:zlib';
import { joined, le16, le32, le64, type Piece } from './sample-octets.ts';

/** Fields that stand in both headers of a member. */
export interface SampleHeader {
  readonly name: Piece;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly extra: Piece;
}

/** One member of a sample. What is not given follows from the content. */
export interface SampleMember {
  readonly name: string;
  readonly content: Piece;
  /** 8, deflated, by default. */
  readonly method?: number;
  /** Octets after the data, in no member. */
  readonly after?: Piece;
  readonly isUnlisted?: boolean;
  readonly local?: Partial<SampleHeader>;
  readonly directory?: Partial<SampleHeader & { readonly localOffset: number }>;
}

/** What a sample has beside its members. Offsets count from the archive's own start unless `isAbsolute`. */
export interface SampleEnd {
  readonly prefix?: Piece;
  /** Octets between the last member and the directory. */
  readonly beforeDirectory?: Piece;
  readonly entries?: number;
  readonly directoryOffset?: number;
  readonly directoryLength?: number;
  readonly comment?: Piece;
  readonly trailing?: Piece;
  /** Puts the ZIP64 end record and its locator before the end record, with these fields of it. */
  readonly zip64?: { readonly entries?: number };
}

/** The archive of the members. */
export function zipOf(members: readonly SampleMember[], end: SampleEnd = {}): Uint8Array {
  const bodies: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (const member of members) {
    const { header, data } = written(member);
    const body = joined(
      'PK\x03\x04',
      le16(20),
      fieldsOf({ ...header, ...member.local }),
      data,
      member.after ?? '',
    );
    bodies.push(body);
    if (!member.isUnlisted)
      entries.push(directoryEntry(header, { localOffset: offset, ...member.directory }));
    offset += body.length;
  }
  const directory = joined(...entries);
  const before = joined(end.beforeDirectory ?? '');
  const start = offset + before.length;
  const tail = endOf(end, { entries: entries.length, start, length: directory.length });
  return joined(end.prefix ?? '', ...bodies, before, directory, tail, end.trailing ?? '');
}

function written({ name, content, method = 8 }: SampleMember): {
  readonly header: SampleHeader;
  readonly data: Uint8Array;
} {
  const plain = joined(content);
  const data = method === 8 ? deflateRawSync(plain) : plain;
  const sizes = { compressedSize: data.length, size: plain.length, crc: crc32(plain) };
  return { header: { name, flags: 0, method, extra: '', ...sizes }, data };
}

function fieldsOf(header: SampleHeader, between: Piece = ''): Uint8Array {
  const { flags, method, crc, compressedSize, size } = header;
  const name = joined(header.name);
  const extra = joined(header.extra);
  const numbers = [...le32(crc), ...le32(compressedSize), ...le32(size)];
  const lengths = [...le16(name.length), ...le16(extra.length)];
  return joined(le16(flags), le16(method), le32(0), numbers, lengths, between, name, extra);
}

function directoryEntry(
  header: SampleHeader,
  changes: Partial<SampleHeader> & { readonly localOffset: number },
): Uint8Array {
  const between = joined(le16(0), le16(0), le16(0), le32(0), le32(changes.localOffset));
  return joined('PK\x01\x02', le16(20), le16(20), fieldsOf({ ...header, ...changes }, between));
}

/** The end record alone, with its ZIP64 records where asked for. */
function endOf(
  end: SampleEnd,
  directory: { readonly entries: number; readonly start: number; readonly length: number },
): Uint8Array {
  const entries = end.entries ?? directory.entries;
  const start = end.directoryOffset ?? directory.start;
  const length = end.directoryLength ?? directory.length;
  const comment = joined(end.comment ?? '');
  const counts = [...le16(entries), ...le16(entries), ...le32(length), ...le32(start)];
  const record = joined('PK\x05\x06', le16(0), le16(0), counts, le16(comment.length), comment);
  if (!end.zip64) return record;
  const wideEntries = end.zip64.entries ?? directory.entries;
  const wide = joined(le64(wideEntries), le64(wideEntries), le64(directory.length), le64(directory.start));
  const zip64 = joined('PK\x06\x06', le64(44), le16(45), le16(45), le32(0), le32(0), wide);
  const recordOffset = directory.start + directory.length;
  return joined(zip64, 'PK\x06\x07', le32(0), le64(recordOffset), le32(1), record);
}

/** Two members, deflated and stored, as any archiver writes them. */
export const ORDINARY_ZIP = zipOf([
  { name: 'photos/one.txt', content: 'one and one and one and one' },
  { name: 'two.bin', content: [1, 2, 3, 4, 5, 6, 7, 8], method: 0 },
]);
