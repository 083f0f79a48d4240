import { joined, zeros } from '../support/sample-octets.ts';
import { respelled, utf8 } from './bytes.ts';
import { png } from './image-bytes.ts';
import type { FamilySamples, Positive, Sample } from './sample.ts';
import { zipNamed } from './zip-bytes.ts';

/** A document with one object. */
const pdf = (dictionary: string, version = '1.4'): Uint8Array =>
  utf8(`%PDF-${version}\n1 0 obj\n<<${dictionary}>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF`);

const AS_PDF = { declared_type: 'application/pdf', filename: 'bill.pdf' };

const PLAIN: Sample = { name: 'a plain document', bytes: pdf('/Type/Catalog'), externals: AS_PDF };

const containing = (name: string, dictionary: string, changed: string): Positive => ({
  name,
  bytes: pdf(dictionary),
  externals: AS_PDF,
  flips: [
    { name: 'a longer name', bytes: pdf(changed) },
    { name: 'not a PDF', bytes: respelled(pdf(dictionary), '%PDF-', '%PS--') },
  ],
});

const disguised = (name: string, externals: Sample['externals']): Positive => ({
  name,
  bytes: pdf('/Type/Catalog'),
  externals: externals ?? {},
  flips: [
    { name: 'labelled as what it is', bytes: pdf('/Type/Catalog'), externals: AS_PDF },
    {
      name: 'not a PDF',
      bytes: respelled(pdf('/Type/Catalog'), '%PDF-', '%PS--'),
      externals: externals ?? {},
    },
  ],
});

const shifted = joined(zeros(1000), pdf('/Type/Catalog'));

export const samples: FamilySamples = {
  EXPL_MMS_PDF_Disguised_As_Image: {
    positives: [
      disguised('labelled and named as a GIF', { declared_type: 'image/gif', filename: 'a.gif' }),
      disguised('labelled as a picture only', { declared_type: 'IMAGE/JPEG' }),
      ...['gif', 'jpg', 'JPEG', 'png', 'bmp', 'webp', 'heic', 'tif', 'tiff'].map((extension) =>
        disguised(`named .${extension} only`, { filename: `a.${extension}` }),
      ),
      {
        name: 'a document that begins late',
        bytes: shifted,
        externals: { declared_type: 'image/gif' },
        flips: [
          { name: 'too late', bytes: joined(zeros(24), shifted), externals: { declared_type: 'image/gif' } },
        ],
      },
    ],
    lookAlikes: [
      PLAIN,
      {
        name: 'a document with a picture in its name',
        bytes: pdf('/Type/Catalog'),
        externals: { declared_type: 'application/pdf', filename: 'holiday.jpg.pdf' },
      },
      {
        name: 'a picture whose late text mentions the mark',
        bytes: joined(png(10, 10), zeros(1024), '%PDF-1.4'),
        externals: { declared_type: 'image/png', filename: 'a.png' },
      },
      { name: 'an office document', bytes: zipNamed('word/document.xml'), externals: { filename: 'a.docx' } },
    ],
  },
  SUSP_MMS_PDF_JBIG2: {
    positives: [
      containing('a JBIG2 stream', '/Filter/JBIG2Decode', '/Filter/JBIG3Decode'),
      containing('its name in hexadecimal', '/Filter/#4aBIG#32D#65code', '/Filter/#4bBIG#32D#65code'),
    ],
    lookAlikes: [
      PLAIN,
      { name: 'other filters', bytes: pdf('/Filter[/DCTDecode/FlateDecode/CCITTFaxDecode]') },
      { name: 'a text about it', bytes: utf8('The /JBIG2Decode filter of a document') },
    ],
  },
  SUSP_MMS_PDF_Active_Content: {
    positives: [
      containing('a script', '/S/JavaScript/JS(app.alert\\(1\\))', '/S/JavaScripts/JSON(app)'),
      containing('a script in an object', '/S /Rendition /JS 12 0 R', '/S /Rendition /JSX 12 0 R'),
      containing('a script as hexadecimal text', '/S/Rendition/JS<6170>', '/S/Rendition/JS<zz>'),
      containing('a script, its name in hexadecimal', '/S/J#61va#53cript ', '/S/J#61va#54cript '),
      containing('a launched program', '/S/Launch/F(cmd.exe)', '/S/Launched/F(cmd.exe)'),
      containing('rich media', '/Subtype/RichMedia/T(a)', '/Subtype/RichMediaX/T(a)'),
      containing('an XFA form', '/XFA[(a) 3 0 R]', '/XFAX[(a) 3 0 R]'),
      containing(
        'an embedded file that opens',
        '/OpenAction 3 0 R/Type/EmbeddedFile/X',
        '/OpenAction 3 0 R/Type/EmbeddedFiles/X',
      ),
      containing(
        'an embedded file with an action',
        '/AA<</O 3 0 R>>/Type/EmbeddedFile/X',
        '/AAPL<</O 3 0 R>>/Type/EmbeddedFile/X',
      ),
    ],
    lookAlikes: [
      PLAIN,
      { name: 'a document of Apple', bytes: pdf('/AAPL:Keywords[(a)]/Keywords(a)/Producer(Quartz)') },
      { name: 'a document that opens at a page', bytes: pdf('/OpenAction[3 0 R /Fit]') },
      {
        name: 'an invoice with its data in an embedded file',
        bytes: pdf('/Type/EmbeddedFile/Subtype/text#2Fxml'),
      },
      { name: 'a text about it', bytes: utf8('Use /JavaScript or /JS (code) in a document') },
    ],
  },
};
