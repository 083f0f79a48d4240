import { describe, expect, it } from 'vitest';
import { allowedMedia, type AllowedMedia } from '../../src/inspection/media-allow-list.ts';
import { MEDIA_TYPE_FINDINGS, mediaTypeDetector } from '../../src/inspection/media-type-detector.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { sniffMedia } from '../../src/inspection/sniff-media.ts';
import { CORPUS } from '../support/corpus.ts';
import { detectMutated, detectTruncated } from '../support/detection.ts';
import { MEDIA_SAMPLES, type SampleFormat } from '../support/media-samples.ts';
import { joined, zeros } from '../support/sample-octets.ts';
import { viewsOf } from '../support/part-views.ts';

type Code = keyof typeof MEDIA_TYPE_FINDINGS;

interface Case {
  readonly allowed?: AllowedMedia;
  /** What the library says of what we do not recognise. */
  readonly opinion?: string;
}

const JUNK = joined([0xff, 0, 0, 1, 0xdd], zeros(64));

function codeOf(
  declaredType: string,
  bytes: Uint8Array,
  { allowed, opinion = '' }: Case = {},
): Code | undefined {
  const octets = new Octets(bytes);
  const { mediaType, family } = sniffMedia(octets);
  const sniffedType = mediaType === '' ? opinion : mediaType;
  const part = { index: 0, octets, declaredType, fileName: '', sniffedType, family, texts: [] };
  const codes: Code[] = [];
  const inflateRaw = (): { readonly kind: 'broken' } => ({ kind: 'broken' });
  mediaTypeDetector.detect(part, (code) => codes.push(code), {
    inflateRaw,
    ...(allowed === undefined ? {} : { allowedMedia: allowed }),
  });
  expect(codes.length).toBeLessThanOrEqual(1);
  return codes[0];
}

describe('the labels that handsets are known to use', () => {
  it.each<[string, SampleFormat]>([
    ['image/jpeg', 'jpeg'],
    ['image/jpg', 'jpeg'],
    ['image/pjpeg', 'jpeg'],
    ['IMAGE/JPEG', 'jpeg'],
    ['image/png', 'png'],
    ['image/apng', 'png'],
    ['image/x-png', 'png'],
    ['image/gif', 'gif'],
    ['image/webp', 'webp'],
    ['image/x-ms-bmp', 'bmp'],
    ['image/x-bmp', 'bmp'],
    ['image/vnd.wap.wbmp', 'wbmp'],
    ['image/heic', 'heif'],
    ['image/heif', 'heic'],
    ['image/heic-sequence', 'heics'],
    ['image/heif-sequence', 'heifs'],
    ['audio/amr', 'amr'],
    ['audio/AMR', 'amr-wb'],
    ['audio/amr-wb', 'amr-wb'],
    ['audio/amr-nb', 'amr'],
    ['audio/x-amr', 'amr'],
    ['audio/3gpp', 'amr'],
    ['video/3gpp', 'mp4'],
    ['video/mp4', '3gp'],
    ['audio/3gpp', '3gp'],
    ['audio/mp4', '3gp'],
    ['audio/amr', '3gp'],
    ['audio/aac', 'm4a'],
    ['audio/aac_mp4', 'm4a'],
    ['audio/x-m4a', 'm4a'],
    ['video/3gpp', '3gp'],
    ['video/3gpp2', '3g2'],
    ['audio/3gpp2', '3g2'],
    ['video/quicktime', 'mov'],
    ['video/x-m4v', 'm4v'],
    ['video/h263', '3gp'],
    ['audio/aac', 'adts'],
    ['audio/aacp', 'adts'],
    ['audio/x-hx-aac-adts', 'adts'],
    ['audio/mpeg', 'mp3'],
    ['audio/mp3', 'mp3'],
    ['audio/x-mpeg-3', 'mp3'],
    ['audio/x-mpg', 'mp3'],
    ['audio/wav', 'wav'],
    ['audio/vnd.wave', 'wav'],
    ['audio/ogg', 'ogg'],
    ['application/ogg', 'ogg'],
    ['audio/ogg; codecs=opus', 'ogg'],
    ['audio/midi', 'midi'],
    ['audio/mid', 'midi'],
    ['audio/x-mid', 'midi'],
    ['audio/sp-midi', 'midi'],
    ['audio/imelody', 'imelody'],
    ['text/x-iMelody', 'imelody'],
    ['text/plain', 'imelody'],
    ['audio/vnd.qcelp', 'qcp'],
    ['application/smil', 'smil'],
    ['text/plain', 'smil'],
    ['text/xml', 'smil'],
    ['application/xml', 'smil'],
    ['text/html', 'smil'],
    ['text/x-vCard', 'vcard'],
    ['text/vcard', 'vcard'],
    ['text/directory', 'vcard'],
    ['text/plain', 'vcard'],
    ['text/x-vCalendar', 'vcalendar'],
    ['text/calendar', 'vcalendar'],
    ['text/plain', 'vcalendar'],
    ['text/plain', '8-bit'],
    ['text/plain', 'utf-16be'],
    ['text/x-unknown', 'utf-8'],
    ['application/xml', 'xml'],
    ['application/octet-stream', 'jpeg'],
    ['', 'mp4'],
    ['*/*', 'utf-8'],
  ])('%s is right for %s', (declaredType, format) => {
    expect(codeOf(declaredType, MEDIA_SAMPLES[format])).toBeUndefined();
  });
});

describe('mediaTypeDetector', () => {
  it.each<[Code, string, Uint8Array]>([
    ['media-type-program', 'image/jpeg', MEDIA_SAMPLES.apk],
    ['media-type-program', 'application/vnd.android.package-archive', MEDIA_SAMPLES.apk],
    ['media-type-program', 'text/plain', MEDIA_SAMPLES.jad],
    ['media-type-program', '', MEDIA_SAMPLES.elf],
    ['media-type-never-allowed', 'image/gif', MEDIA_SAMPLES.psd],
    ['media-type-never-allowed', 'font/ttf', MEDIA_SAMPLES.truetype],
    ['media-type-never-allowed', 'text/vnd.wap.connectivity-xml', MEDIA_SAMPLES['provisioning-xml']],
    ['media-type-never-allowed', 'application/vnd.wap.mms-message', MEDIA_SAMPLES.mms],
    ['media-type-label-never-allowed', 'application/java-archive', MEDIA_SAMPLES.jpeg],
    ['media-type-label-never-allowed', 'text/javascript', MEDIA_SAMPLES['utf-8']],
    ['media-type-label-never-allowed', 'application/vnd.wap.sic', JUNK],
    ['media-type-brand-kind', 'image/heic', MEDIA_SAMPLES.mp4],
    ['media-type-brand-kind', 'video/mp4', MEDIA_SAMPLES.heic],
    ['media-type-brand-kind', 'audio/mp4', MEDIA_SAMPLES.avif],
    ['media-type-crossing', 'image/gif', MEDIA_SAMPLES.pdf],
    ['media-type-crossing', 'image/*', MEDIA_SAMPLES.zip],
    ['media-type-crossing', 'image/jpeg', MEDIA_SAMPLES.mp4],
    ['media-type-crossing', 'image/jpeg', MEDIA_SAMPLES.html],
    ['media-type-crossing', 'audio/mpeg', MEDIA_SAMPLES.jpeg],
    ['media-type-crossing', 'video/3gpp', MEDIA_SAMPLES.amr],
    ['media-type-crossing', 'audio/midi', MEDIA_SAMPLES['apple-double']],
    ['media-type-crossing', 'text/plain', MEDIA_SAMPLES.jpeg],
    ['media-type-crossing', 'application/smil', MEDIA_SAMPLES.gif],
    ['media-type-unidentified', 'image/jpeg', JUNK],
    ['media-type-unidentified', 'audio/x-unknown', JUNK],
    ['media-type-unidentified', 'video/3gpp', MEDIA_SAMPLES['utf-8']],
    ['media-type-not-allowed', 'application/pdf', MEDIA_SAMPLES.pdf],
    ['media-type-not-allowed', 'application/octet-stream', MEDIA_SAMPLES.zip],
    ['media-type-not-allowed', 'application/octet-stream', JUNK],
    ['media-type-not-allowed', 'application/x-strange', JUNK],
    ['media-type-not-allowed', 'image/svg+xml', MEDIA_SAMPLES.svg],
    ['media-type-not-allowed', 'image/png', MEDIA_SAMPLES.svg],
    ['media-type-decoder-not-allowed', 'image/tiff', MEDIA_SAMPLES.dng],
    ['media-type-not-allowed', 'text/html', MEDIA_SAMPLES.html],
    ['media-type-not-allowed', 'text/plain', MEDIA_SAMPLES.html],
    ['media-type-not-allowed', 'text/html', MEDIA_SAMPLES['utf-8']],
    ['media-type-not-allowed', 'text/csv', MEDIA_SAMPLES['utf-8']],
    ['media-type-not-allowed', 'application/pdf', MEDIA_SAMPLES.jpeg],
    ['media-type-decoder-not-allowed', 'video/h263', MEDIA_SAMPLES.h263],
    ['media-type-not-allowed', 'application/vnd.oma.drm.message', MEDIA_SAMPLES.dm],
    ['media-type-not-text', 'text/plain', JUNK],
    ['media-type-label-wrong', 'application/x-strange', MEDIA_SAMPLES.jpeg],
    ['media-type-litter', 'image/jpeg', MEDIA_SAMPLES['apple-double']],
    ['media-type-litter', '', MEDIA_SAMPLES['ds-store']],
    ['media-type-other-image', 'image/jpeg', MEDIA_SAMPLES.webp],
    ['media-type-other-image', 'image/tiff', MEDIA_SAMPLES.jpeg],
    ['media-type-other-image', 'image/unknown', MEDIA_SAMPLES.png],
    ['media-type-other-sound-or-video', 'audio/mpeg', MEDIA_SAMPLES.m4a],
    ['media-type-other-sound-or-video', 'audio/x-unknown', MEDIA_SAMPLES.midi],
    ['media-type-other-text', 'application/smil', MEDIA_SAMPLES['utf-8']],
    ['media-type-other-text', 'text/x-vcard', MEDIA_SAMPLES.vcalendar],
    ['media-type-empty', 'image/jpeg', zeros(0)],
  ])('reports %s for %s', (code, declaredType, bytes) => {
    expect(codeOf(declaredType, bytes)).toBe(code);
  });

  it.each(['text/plain', 'application/smil', 'application/octet-stream', ''])(
    'says nothing of an empty %s',
    (type) => {
      expect(codeOf(type, zeros(0))).toBeUndefined();
    },
  );

  it('has a test for every code', () => {
    const reported = new Set<string | undefined>([
      ...[
        'image/jpeg',
        'text/plain',
        'image/heic',
        'video/mp4',
        'application/x',
        'audio/mpeg',
        'text/x-vcard',
      ].flatMap((type) =>
        [...Object.values(MEDIA_SAMPLES), JUNK, zeros(0)].map((bytes) => codeOf(type, bytes)),
      ),
      codeOf('application/java-archive', MEDIA_SAMPLES.jpeg),
    ]);
    expect(Object.keys(MEDIA_TYPE_FINDINGS).filter((code) => !reported.has(code))).toEqual([]);
  });

  it('tells the label by family or kind and the content by its media type, never by words of the message', () => {
    const octets = new Octets(MEDIA_SAMPLES.pdf);
    const part = { index: 0, octets, declaredType: 'image/secret', fileName: 'secret', texts: ['secret'] };
    const evidence: unknown[] = [];
    mediaTypeDetector.detect(
      { ...part, sniffedType: 'application/pdf', family: 'pdf' },
      (_, detail) => evidence.push(detail?.evidence),
      { inflateRaw: () => ({ kind: 'broken' }) },
    );
    expect(evidence).toEqual([{ label: 'image', content: 'application/pdf' }]);
  });

  it('throws on no beginning and on no damage of a sample', () => {
    const changes = { declaredType: 'image/jpeg', family: 'jpeg', sniffedType: 'image/jpeg' };
    detectTruncated(mediaTypeDetector, MEDIA_SAMPLES.jpeg, changes);
    detectMutated(mediaTypeDetector, [MEDIA_SAMPLES.jpeg], { ...changes, family: 'no family' });
  });
});

describe('the operator’s list', () => {
  it('allows a family under its labels, and does not allow a crossing', () => {
    const allowed = allowedMedia({ allow: ['pdf', 'html', 'csv'] });
    expect(codeOf('application/pdf', MEDIA_SAMPLES.pdf, { allowed })).toBeUndefined();
    expect(codeOf('', MEDIA_SAMPLES.pdf, { allowed })).toBeUndefined();
    expect(codeOf('image/gif', MEDIA_SAMPLES.pdf, { allowed })).toBe('media-type-crossing');
    expect(codeOf('text/csv', MEDIA_SAMPLES['utf-8'], { allowed })).toBe('media-type-other-text');
    expect(codeOf('application/pdf', MEDIA_SAMPLES.jpeg, { allowed })).toBe('media-type-label-wrong');
  });

  it('allows a media type by its content', () => {
    const allowed = allowedMedia({ allow: ['application/vnd.apple.pkpass'] });
    expect(codeOf('application/vnd.apple.pkpass', MEDIA_SAMPLES.pkpass, { allowed })).toBeUndefined();
    expect(codeOf('', MEDIA_SAMPLES.zip, { allowed })).toBe('media-type-not-allowed');
  });

  it('allows by its label what nobody recognises, and by its name what only the library does', () => {
    const allowed = allowedMedia({ allow: ['audio/x-proprietary', 'image/bpg'] });
    expect(codeOf('audio/x-proprietary', JUNK, { allowed })).toBeUndefined();
    expect(codeOf('audio/x-other', JUNK, { allowed })).toBe('media-type-unidentified');
    expect(codeOf('', JUNK, { allowed, opinion: 'image/bpg' })).toBeUndefined();
    expect(codeOf('image/jpeg', JUNK, { allowed, opinion: 'image/bpg' })).toBe('media-type-unidentified');
  });

  it('takes a default family away', () => {
    const allowed = allowedMedia({ forbid: ['midi'] });
    expect(codeOf('audio/midi', MEDIA_SAMPLES.midi, { allowed })).toBe('media-type-decoder-not-allowed');
  });

  it('cannot allow programs', () => {
    const allowed = allowedMedia({ allow: ['program', 'application/java-archive'] });
    expect(codeOf('application/java-archive', MEDIA_SAMPLES.jar, { allowed })).toBe('media-type-program');
  });
});

describe('the library’s opinion', () => {
  it('neither allows nor refuses: it is a hint', () => {
    expect(codeOf('image/jpeg', JUNK, { opinion: 'image/jpeg' })).toBe('media-type-unidentified');
    expect(codeOf('text/plain', JUNK, { opinion: 'application/x-msdownload' })).toBe('media-type-not-text');
  });
});

describe.skipIf(CORPUS.length === 0)('real messages', () => {
  it.each(CORPUS.filter(({ type }) => type.startsWith('m-')))('$file: every label is right', ({ bytes }) => {
    const codes = viewsOf(bytes).map(({ declaredType, octets }) => codeOf(declaredType, octets.bytes));
    expect(codes.filter((code) => code !== undefined)).toEqual([]);
  });
});
