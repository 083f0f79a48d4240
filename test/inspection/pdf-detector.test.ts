import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  PDF_FINDINGS,
  PDF_HEADER_OCTETS_MAX,
  PDF_INFLATED_OCTETS_MAX,
  PDF_OBJECT_STREAMS_MAX,
  pdfDetector,
} from '../../src/inspection/pdf-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { objectStream, pdfOf } from '../support/pdf-sample.ts';
import { joined, patched, zeros } from '../support/sample-octets.ts';

const found = (bytes: Uint8Array): readonly string[] => codesOf(pdfDetector, bytes);

const FILE = '/Type /EmbeddedFile';
const PLAIN_OBJECTS = '<< /Type /Font >>';
const DEFLATED = joined(objectStream(PLAIN_OBJECTS).data!);
const OBJECT_STREAM = '/Type /ObjStm /N 1 /First 5';

type Code = keyof typeof PDF_FINDINGS;

const SAMPLES: readonly (readonly [string, Uint8Array, ...Code[]])[] = [
  ['junk before the header', joined('junk\n', pdfOf()), 'pdf-header-late'],
  ['script', pdfOf(['/S /JavaScript /JS (app.alert\\(1\\))']), 'pdf-javascript'],
  ['script of a rendition', pdfOf(['/S/Rendition/JS 4 0 R']), 'pdf-javascript'],
  ['script in an object stream', pdfOf([objectStream('<</S/JavaScript>>')]), 'pdf-javascript'],
  [
    'script at the end of an object stream',
    pdfOf([objectStream(`(${'a'.repeat(9000)}) <</JS 1 0 R>>`)]),
    'pdf-javascript',
  ],
  ['script behind a text that hides it', pdfOf([objectStream('( <</JS 1 0 R>>')]), 'pdf-javascript'],
  [
    'script in an object stream without its type',
    pdfOf([objectStream('<</JS 1 0 R>>', { dictionary: '/N 1 /First 5 /Filter /FlateDecode' })]),
    'pdf-javascript',
  ],
  [
    'script in an object stream with an object number in a text',
    pdfOf([
      objectStream('<</JS 1 0 R>>', { dictionary: `${OBJECT_STREAM} /Filter /FlateDecode /A (1 0 obj)` }),
    ]),
    'pdf-javascript',
  ],
  [
    'script in an object stream that is not compressed',
    pdfOf([{ dictionary: OBJECT_STREAM, data: '10 0 <</JS 1 0 R>>' }]),
    'pdf-javascript',
  ],
  [
    'script in the data of a stream',
    pdfOf([{ dictionary: '', data: '9 0 obj <</S/JavaScript>>' }]),
    'pdf-javascript',
  ],
  [
    'a short name in the data of a stream',
    pdfOf([{ dictionary: '', data: '9 0 obj <</JS 1 0 R>>' }]),
    'pdf-javascript',
  ],
  ['a program', pdfOf(['/S /Launch /F (a.exe)']), 'pdf-launch'],
  ['a film', pdfOf(['/Subtype /RichMedia']), 'pdf-rich-media'],
  ['a form of XFA', pdfOf(['/XFA 5 0 R']), 'pdf-xfa'],
  ['an escaped name', pdfOf(['/S /J#61vaScript']), 'pdf-javascript', 'pdf-name-hidden'],
  [
    'an escaped filter',
    pdfOf([{ dictionary: '/Filter /JBIG2#44ecode', data: 'x' }]),
    'pdf-jbig2',
    'pdf-name-hidden',
  ],
  ['a file', pdfOf([FILE]), 'pdf-embedded-file'],
  ['a file by name', pdfOf(['/EmbeddedFiles 5 0 R']), 'pdf-embedded-file'],
  [
    'a file and an opening action',
    pdfOf([FILE, '/OpenAction 9 0 R']),
    'pdf-embedded-file',
    'pdf-open-action-file',
  ],
  [
    'a file and an additional action',
    pdfOf(['/AA 9 0 R', FILE]),
    'pdf-embedded-file',
    'pdf-open-action-file',
  ],
  ['a JBIG2 picture', pdfOf([{ dictionary: '/Filter /JBIG2Decode', data: 'x' }]), 'pdf-jbig2'],
  ['a cipher', pdfOf([], '/Encrypt 4 0 R'), 'pdf-encrypted'],
  [
    'a cipher over an object stream',
    pdfOf([objectStream('', { data: [0x69, 0x49, 0x38] })], '/Encrypt 4 0 R'),
    'pdf-encrypted',
  ],
  ['data that is not zlib', pdfOf([objectStream('', { data: 'junk' })]), 'pdf-streams-not-read'],
  [
    'data that is cut off',
    pdfOf([objectStream('', { data: deflateSync('abc').subarray(0, 5) })]),
    'pdf-streams-not-read',
  ],
  [
    'a second filter',
    pdfOf([objectStream('', { dictionary: `${OBJECT_STREAM} /Filter [/AHx /Fl]`, data: DEFLATED })]),
    'pdf-streams-not-read',
  ],
  [
    'a predictor',
    pdfOf([
      objectStream('', {
        dictionary: `${OBJECT_STREAM} /Filter /Fl /DecodeParms <</Predictor 12>>`,
        data: DEFLATED,
      }),
    ]),
    'pdf-streams-not-read',
  ],
  [
    'a zlib dictionary',
    pdfOf([objectStream('', { data: patched(DEFLATED, 1, [0xbb]) })]),
    'pdf-streams-not-read',
  ],
  [
    'an object stream in the data of a stream',
    pdfOf([{ dictionary: '', data: joined('9 0 obj <</Type/ObjStm/Filter/Fl>>stream\n', DEFLATED) }]),
    'pdf-streams-not-read',
  ],
  ['too many octets', pdfOf([objectStream(' '.repeat(PDF_INFLATED_OCTETS_MAX))]), 'pdf-streams-over-limit'],
];

describe('a PDF', () => {
  it.each(SAMPLES.map(([name, bytes, ...codes]) => ({ name, bytes, codes })))(
    'with $name is told',
    ({ bytes, codes }) => {
      expect(found(bytes)).toEqual(codes);
    },
  );

  it('has a sample for every code', () => {
    expect(new Set(SAMPLES.flatMap(([, , ...codes]) => codes))).toEqual(new Set(Object.keys(PDF_FINDINGS)));
  });

  it.each<[string, Uint8Array]>([
    ['a page', pdfOf()],
    ['objects in a stream', pdfOf([objectStream(PLAIN_OBJECTS)])],
    ['an opening action', pdfOf(['/OpenAction [3 0 R /Fit]'])],
    ['a link that speaks of script', pdfOf(['/URI (https://example.com/Web/JavaScript) /Title (HTML /JS)'])],
    [
      'metadata that speaks of script',
      pdfOf([{ dictionary: '/Type /Metadata', data: '<a>Web/JavaScript</a>' }]),
    ],
    ['short names by chance in data', pdfOf([{ dictionary: '/Length 9', data: '<</JS(/XFA/AA' }])],
    ['a picture', pdfOf([{ dictionary: '/Filter /DCTDecode', data: [0xff, 0xd8, 0xff] }])],
    ['metadata that is never enciphered', pdfOf(['/EncryptMetadata false'])],
    [
      'an outline and an annotation before a picture',
      pdfOf(['/First 4 0 R /AP <</N 5 0 R>>', { dictionary: '/Filter /DCTDecode', data: '<</JS(' }]),
    ],
    ['an outline, which has a first and a last', pdfOf(['/First 4 0 R /Last 5 0 R /N 3'])],
    ['nothing of a PDF', joined('<< /S /JavaScript >>')],
  ])('is ordinary with %s', (_, bytes) => {
    expect(found(bytes)).toEqual([]);
  });

  it('is known by a header in its first octets', () => {
    const script = pdfOf(['/S /JavaScript']);
    const behind = (length: number): readonly string[] => found(joined(zeros(length), script));
    const last = PDF_HEADER_OCTETS_MAX - '%PDF-'.length;
    expect(behind(last)).toEqual(['pdf-header-late', 'pdf-javascript']);
    expect(behind(last + 1)).toEqual([]);
  });

  it('is decompressed up to its limit of streams, and no further', () => {
    const streams = (count: number): Uint8Array =>
      pdfOf(Array.from({ length: count }, () => objectStream(PLAIN_OBJECTS)));
    expect(found(streams(PDF_OBJECT_STREAMS_MAX))).toEqual([]);
    expect(found(streams(PDF_OBJECT_STREAMS_MAX + 1))).toEqual(['pdf-streams-over-limit']);
  });

  it('is decompressed up to its limit of octets over all streams, and no further', () => {
    const half = PDF_INFLATED_OCTETS_MAX / 2 - '10 0 '.length;
    const [one, more] = [objectStream(' '.repeat(half)), objectStream(' '.repeat(half + 1))];
    expect(found(pdfOf([one, one]))).toEqual([]);
    expect(found(pdfOf([one, more]))).toEqual(['pdf-streams-over-limit']);
    expect(found(pdfOf([one, one, objectStream('')]))).toEqual(['pdf-streams-over-limit']);
  });

  it('tells each thing once, and where', () => {
    const bytes = pdfOf(['/JS (1)', '/JS (2)']);
    const offset = Buffer.from(bytes).indexOf('/JS');
    expect(detectionsOf(pdfDetector, bytes)).toEqual([{ code: 'pdf-javascript', offset }]);
  });

  it('means by a gap that something was not looked into', () => {
    const gaps = Object.entries(PDF_FINDINGS).flatMap(([code, row]) =>
      'gap' in row ? [[code, row.gap]] : [],
    );
    expect(Object.fromEntries(gaps)).toEqual({
      'pdf-encrypted': 'encrypted',
      'pdf-streams-not-read': 'undecodable',
      'pdf-streams-over-limit': 'over-limit',
    });
  });

  it('may be cut or damaged', () => {
    const samples = SAMPLES.map(([, bytes]) => bytes).filter(({ length }) => length < 2000);
    for (const sample of samples) detectTruncated(pdfDetector, sample);
    detectMutated(pdfDetector, samples);
  });
});
