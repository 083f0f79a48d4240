import { describe, expect, it } from 'vitest';
import { EXTERNAL_NAMES, EXTERNAL_VALUES, NO_EXTERNALS } from '../../src/scanning/externals.ts';

describe('the variables of rules', () => {
  it('are those that our rules and public sets use', () => {
    expect(EXTERNAL_NAMES.toSorted()).toEqual([
      'declared_mime',
      'declared_type',
      'direction',
      'extension',
      'filename',
      'filepath',
      'filetype',
      'message_size',
      'owner',
      'part_count',
      'part_index',
      'pdu_type',
      'sender_class',
      'sniffed_mime',
      'sniffed_type',
    ]);
  });

  it.each([
    ['photo.JPG', '.jpg'],
    ['archive.tar.gz', '.gz'],
    ['no extension', ''],
    ['', ''],
    ['folder.d/name', ''],
    ['folder.d\\name', ''],
    ['trailing.', '.'],
  ])('gives for the name %j the extension %j', (filename, extension) => {
    expect(EXTERNAL_VALUES.extension({ ...NO_EXTERNALS, filename })).toBe(extension);
    expect(EXTERNAL_VALUES.filepath({ ...NO_EXTERNALS, filename })).toBe(filename);
  });

  it.each([
    ['image/gif', 'GIF'],
    ['text/x-vcard', 'VCARD'],
    ['', ''],
  ])('gives for the type %j the file type %j', (sniffed_type, fileType) => {
    expect(EXTERNAL_VALUES.filetype({ ...NO_EXTERNALS, sniffed_type })).toBe(fileType);
    expect(EXTERNAL_VALUES.sniffed_mime({ ...NO_EXTERNALS, sniffed_type })).toBe(sniffed_type);
  });
});
