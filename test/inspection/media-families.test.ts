import { describe, expect, it } from 'vitest';
import { MEDIA_TYPES } from '../../src/codec/wsp-numbers.ts';
import {
  familyOfExtension,
  familyOfType,
  isFamilyName,
  isLabelOf,
  isTextual,
  kindOfType,
  MEDIA_FAMILIES,
  mediaTypeKey,
  type FamilyName,
  type MediaKind,
} from '../../src/inspection/media-families.ts';

const FAMILIES = Object.values(MEDIA_FAMILIES);

describe('the table of media families', () => {
  it('has each label in one row, and each extension', () => {
    const mimes = FAMILIES.flatMap((family) => family.mimes);
    const extensions = FAMILIES.flatMap((family) => family.extensions);
    expect(mimes).toHaveLength(new Set(mimes).size);
    expect(extensions).toHaveLength(new Set(extensions).size);
  });

  it('has labels in the form in which they are compared, and extensions without their dot', () => {
    for (const { mimes, aliases, extensions } of FAMILIES) {
      expect([...mimes, ...aliases].map(mediaTypeKey)).toEqual([...mimes, ...aliases]);
      for (const extension of extensions) expect(extension).toMatch(/^[a-z0-9]+$/);
    }
  });

  it('has as aliases only labels of other families', () => {
    for (const { mimes, aliases } of FAMILIES) {
      expect(aliases.filter((alias) => mimes.includes(alias) || familyOfType(alias) === undefined)).toEqual(
        [],
      );
    }
  });

  it('allows what 3GPP and Android name, and nothing else', () => {
    const names = Object.keys(MEDIA_FAMILIES).filter(isFamilyName);
    expect(names.filter((name) => MEDIA_FAMILIES[name].default === 'allowed')).toEqual([
      ...['jpeg', 'png', 'gif', 'webp', 'bmp', 'wbmp', 'heif', 'isomedia', 'amr', 'aac', 'mp3', 'wav', 'ogg'],
      ...['midi', 'imelody', 'qcp', 'vcard', 'vcal', 'smil', 'text'],
    ]);
  });

  it('never allows what configures or runs', () => {
    const names = Object.keys(MEDIA_FAMILIES).filter(isFamilyName);
    expect(names.filter((name) => MEDIA_FAMILIES[name].default === 'never')).toEqual([
      ...['program', 'font', 'psd', 'qmage', 'ape', 'provisioning', 'certificate', 'message'],
    ]);
  });

  it('knows the media types that WSP numbers and messages have', () => {
    const known = [...MEDIA_TYPES.values()].filter((type) => familyOfType(type) !== undefined);
    expect(known).toEqual(
      expect.arrayContaining(['image/gif', 'text/x-vCard', 'application/vnd.wap.mms-message']),
    );
    expect(familyOfType('application/vnd.wap.multipart.related')).toBeUndefined();
  });
});

describe('a media type', () => {
  it.each([
    ['Image/JPEG', 'image/jpeg'],
    ['audio/x-wav', 'audio/wav'],
    ['text/x-vCard; charset=utf-8', 'text/vcard'],
    [' "text / plain" ', 'text/plain'],
    ['audio/ogg; codecs=opus', 'audio/ogg'],
    ['', ''],
  ])('%j is compared as %j', (mediaType, key) => {
    expect(mediaTypeKey(mediaType)).toBe(key);
  });

  it.each<[string, FamilyName | undefined]>([
    ['image/jpg', 'jpeg'],
    ['audio/AMR', 'amr'],
    ['audio/aac', 'aac'],
    ['text/html', 'html'],
    ['text/anything', 'text'],
    ['text/*', 'text'],
    ['application/xml', 'text'],
    ['application/octet-stream', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%j is of the family %s', (mediaType, family) => {
    expect(familyOfType(mediaType)).toBe(family);
  });

  it.each<[string, MediaKind]>([
    ['image/unknown', 'image'],
    ['audio/3gpp', 'audio'],
    ['video/x-h263', 'video'],
    ['text/x-imelody', 'text'],
    ['application/smil', 'text'],
    ['application/ogg', 'audio'],
    ['application/mp4', 'video'],
    ['application/pdf', 'application'],
    ['multipart/mixed', 'application'],
    ['', 'application'],
  ])('%j makes a handset decode %s', (mediaType, kind) => {
    expect(kindOfType(mediaType)).toBe(kind);
  });

  it('is a label of its family, and of those that are sent under it', () => {
    expect(isLabelOf('smil', 'application/smil')).toBe(true);
    expect(isLabelOf('smil', 'text/plain')).toBe(true);
    expect(isLabelOf('text', 'application/smil')).toBe(false);
    expect(isLabelOf('text', 'text/html')).toBe(false);
  });
});

describe('a file name extension', () => {
  it('is of one family, or of none', () => {
    expect([familyOfExtension('jpg'), familyOfExtension('apk'), familyOfExtension('com')]).toEqual([
      ...['jpeg', 'program', undefined],
    ]);
  });
});

describe('a part', () => {
  it.each<[string, string | undefined, boolean]>([
    ['text/plain', 'text', true],
    ['text/plain', undefined, true],
    ['application/smil', 'text', true],
    ['application/octet-stream', 'vcard', true],
    ['image/png', 'svg', true],
    ['image/svg+xml', undefined, true],
    ['image/jpeg', 'jpeg', false],
    ['application/pdf', undefined, false],
    ['', 'no family', false],
  ])('that is labelled %j and holds %s reads as text: %s', (declaredType, family, textual) => {
    expect(isTextual(declaredType, family)).toBe(textual);
  });
});
