import { describe, expect, it } from 'vitest';
import { allowedMedia, DEFAULT_ALLOWED_MEDIA, standingOf } from '../../src/inspection/media-allow-list.ts';

describe('the media that are allowed', () => {
  it('are the default families when the operator says nothing', () => {
    expect(DEFAULT_ALLOWED_MEDIA.families.has('jpeg')).toBe(true);
    expect(DEFAULT_ALLOWED_MEDIA.families.has('pdf')).toBe(false);
    expect(DEFAULT_ALLOWED_MEDIA.mediaTypes.size).toBe(0);
  });

  it('are also the families and media types that the operator adds', () => {
    const { families, mediaTypes } = allowedMedia({ allow: ['pdf', 'Audio/X-SMAF'] });
    expect(families.has('pdf')).toBe(true);
    expect([...mediaTypes]).toEqual(['audio/smaf']);
  });

  it('are without the families that the operator takes away', () => {
    const { families } = allowedMedia({ allow: ['pdf'], forbid: ['midi', 'pdf'] });
    expect(['midi', 'pdf', 'amr'].filter((name) => new Set<string>(families).has(name))).toEqual(['amr']);
  });

  it('are never programs, whoever adds them, and by whatever name', () => {
    const added = allowedMedia({ allow: ['program', 'font', 'application/java-archive', 'text/javascript'] });
    expect(added).toEqual(DEFAULT_ALLOWED_MEDIA);
  });

  it('cross threads', () => {
    expect(structuredClone(DEFAULT_ALLOWED_MEDIA)).toEqual(DEFAULT_ALLOWED_MEDIA);
  });
});

describe('an entry of an allow list', () => {
  it.each([
    ['jpeg', 'allowed'],
    ['tiff', 'off'],
    ['program', 'never'],
    ['image/jpeg', 'allowed'],
    ['application/pdf', 'off'],
    ['application/x-something', 'off'],
    ['application/x-java-archive', 'never'],
    ['jpg', undefined],
    ['constructor', undefined],
    ['image/', undefined],
    ['a/b/c', undefined],
    ['image/jp eg', undefined],
    ['', undefined],
  ])('%j stands as %s', (entry, standing) => {
    expect(standingOf(entry)).toBe(standing);
  });
});
