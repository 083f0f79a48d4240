/** Documents, presentations, pages, cards and provisioning (threats, 2 and 6). */
import { gzipSync } from 'node:zlib';
import { SMIL_DEPTH_MAX, SMIL_ELEMENTS_MAX, SMIL_REGIONS_MAX } from '../../src/inspection/smil-detector.ts';
import { calendar, lines, vcard } from '../support/card-sample.ts';
import { ZIP_SAMPLES } from '../support/media-samples.ts';
import { objectStream, pdfOf } from '../support/pdf-sample.ts';
import { smil } from '../support/smil-sample.ts';
import { lookAlikesOf, otherwise, positivesOf } from './rule-samples.ts';
import { blocked, harmless, noted, part, type Subject, type ThreatRow } from './threat.ts';

const asSmil = (...given: Parameters<typeof smil>): Subject => part(smil(...given), 'application/smil');
const slide = (media: string): Subject => asSmil({ body: `<par dur="5000ms">${media}</par>` });
const asSvg = (content: string): Subject =>
  part(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`, 'image/svg+xml');
const asHtml = (content: string): Subject =>
  part(`<!DOCTYPE html><html><body>${content}</body></html>`, 'text/html');
const asCard = (...properties: readonly string[]): Subject => part(vcard(...properties), 'text/x-vCard');
const asCalendar = (...properties: readonly string[]): Subject =>
  part(calendar(...properties), 'text/calendar');
const times = (count: number, text: string): string => text.repeat(count);

const asPdf = (...given: Parameters<typeof pdfOf>): Subject => part(pdfOf(...given), 'application/pdf');

const PDFS: readonly ThreatRow[] = [
  {
    title: 'PDF as image',
    threats: [
      ...positivesOf('EXPL_MMS_PDF_Disguised_As_Image', 'application/octet-stream', blocked),
      blocked(
        'FORCEDENTRY: a document as a GIF',
        part('%PDF-1.4\n%%EOF', { type: 'image/gif', fileName: 'a.gif' }),
        ...['EXPL_MMS_PDF_Disguised_As_Image', 'media-type-crossing', 'file-name-disguise'],
      ),
    ],
    lookAlikes: [
      harmless('a document', asPdf()),
      harmless(
        'a document with a picture in its name',
        part(pdfOf(), { type: 'application/pdf', fileName: 'holiday.jpg.pdf' }),
      ),
      harmless(
        'an office document',
        part(ZIP_SAMPLES.docx, {
          type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          fileName: 'a.docx',
        }),
      ),
    ],
  },
  {
    title: 'JBIG2 / active PDF',
    threats: [
      // A name in hexadecimal is written so for one reason only.
      ...otherwise(
        positivesOf('SUSP_MMS_PDF_JBIG2', 'application/pdf', noted, 'pdf-jbig2'),
        'its name in hexadecimal',
      ),
      ...otherwise(
        positivesOf('SUSP_MMS_PDF_Active_Content', 'application/pdf', blocked),
        'an embedded file',
      ),
      blocked(
        'a script in a compressed object',
        asPdf([objectStream('<< /S /JavaScript /JS (app.alert(1)) >>')]),
        'pdf-javascript',
      ),
      blocked(
        'a program to launch in a compressed object',
        asPdf([objectStream('<< /S /Launch /F (a.exe) >>')]),
        'pdf-launch',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('SUSP_MMS_PDF_JBIG2', 'application/pdf'),
      ...lookAlikesOf('SUSP_MMS_PDF_Active_Content', 'application/pdf'),
    ],
  },
];

const MARKUP: readonly ThreatRow[] = [
  {
    title: 'SMIL',
    threats: [
      ...positivesOf('SUSP_MMS_SMIL_External_Or_Script', 'application/smil', blocked).map((threat) =>
        // The rule counts from 256 characters, the detector beyond them.
        threat.name.startsWith('a long name') ? { ...threat, isRefused: false } : threat,
      ),
      ...['http', 'https', 'ftp', 'rtsp'].map((scheme) =>
        blocked(
          `a source by ${scheme}`,
          slide(`<img src="${scheme}://a.test/b"/>`),
          'smil-link-network',
          'SUSP_MMS_SMIL_External_Or_Script',
        ),
      ),
      blocked('a file of the handset', slide('<img src="file:///sdcard/a.jpg"/>'), 'smil-link-device'),
      blocked('data of an app', slide('<text src="content://sms/inbox"/>'), 'smil-link-device'),
      blocked('a script link', slide('<a href="javascript:alert(1)"/>'), 'smil-link-script'),
      blocked('an app', slide('<a href="intent:a#Intent;end"/>'), 'smil-link-app'),
      blocked(
        'content inside a link',
        slide('<img src="data:image/png;base64,iVBORw0K"/>'),
        'smil-link-data',
      ),
      blocked('a script', slide('<script>1</script>'), 'smil-script'),
      blocked('entities', asSmil({ prolog: '<!DOCTYPE smil [<!ENTITY a "b">]>' }), 'smil-declarations'),
      blocked(
        'an attribute as long as the one of 2006',
        slide(`<img src="a.jpg" region="${times(257, 'A')}"/>`),
        'smil-attribute-over-limit',
        'SUSP_MMS_SMIL_External_Or_Script',
      ),
      blocked(
        'elements as deep as a parser may break on',
        slide(times(SMIL_DEPTH_MAX, '<par>')),
        'smil-depth-over-limit',
      ),
      noted(
        'more elements than any presentation has',
        slide(times(SMIL_ELEMENTS_MAX, '<img src="a.jpg"/>')),
        'smil-elements-over-limit',
      ),
      noted(
        'more regions than any screen has',
        asSmil({ layout: times(SMIL_REGIONS_MAX + 1, '<region id="a"/>') }),
        'smil-regions-over-limit',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('SUSP_MMS_SMIL_External_Or_Script', 'application/smil'),
      harmless('the usual presentation', asSmil()),
      harmless(
        'parts by their names and by cid',
        slide('<img src="IMG_1.jpg"/><audio src="cid:voice.amr"/>'),
      ),
    ],
  },
  {
    title: 'SVG/HTML',
    threats: [
      ...otherwise(positivesOf('SUSP_MMS_SVG_Active', 'image/svg+xml', blocked), 'a foreign object'),
      ...positivesOf('SUSP_MMS_HTML_Script', 'text/html', noted, 'media-type-not-allowed'),
      ...positivesOf('INFO_MMS_HTML_Tel_Link', 'text/html', noted, 'html-dial-link'),
      blocked('a script in a drawing', asSvg('<script>1</script>'), 'svg-script', 'SUSP_MMS_SVG_Active'),
      blocked(
        'a script in a compressed drawing',
        part(gzipSync('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'image/svg+xml'),
        'svg-script',
      ),
      blocked('a handler in a drawing', asSvg('<g onload="a()"/>'), 'svg-event-handler'),
      noted(
        'a page that dials a service code',
        asHtml('<a href="tel:*2767*3855%23">a</a>'),
        'html-service-code-link',
      ),
      noted('a page with a form', asHtml('<form action="http://a.test"></form>'), 'html-form'),
    ],
    lookAlikes: [
      ...lookAlikesOf('SUSP_MMS_SVG_Active', 'image/svg+xml'),
      ...lookAlikesOf('SUSP_MMS_HTML_Script', 'text/html'),
      harmless('a static drawing', asSvg('<path d="M0 0h9v9z"/>')),
      harmless('a page', asHtml('<p>Hello</p>')),
    ],
  },
  {
    title: 'provisioning / push',
    threats: positivesOf('SUSP_MMS_OMA_Provisioning_Or_Push', 'application/octet-stream', blocked),
    // What is binary and begins like a document counts as one, whatever follows.
    lookAlikes: lookAlikesOf(
      'SUSP_MMS_OMA_Provisioning_Or_Push',
      'application/octet-stream',
      'three octets by chance',
    ),
  },
];

const CARDS: readonly ThreatRow[] = [
  {
    title: 'vCard',
    threats: [
      // An archive alone is no program.
      ...otherwise(
        positivesOf('SUSP_MMS_vCard_Embedded_Executable', 'text/x-vCard', blocked),
        'UEsDB',
        'a calendar',
      ),
      ...positivesOf('SUSP_MMS_vCard_Dangerous_Link', 'text/x-vCard', noted, 'card-dangerous-scheme'),
      ...positivesOf('SUSP_MMS_vCard_Bomb', 'text/x-vCard', noted, 'card-flood'),
      blocked(
        'a program as a portrait',
        asCard('PHOTO;ENCODING=b;TYPE=JPEG:TVqQAAMAAAAEAAAA'),
        'card-program',
        'SUSP_MMS_vCard_Embedded_Executable',
      ),
      noted('a line of 9 KiB', asCard(`NOTE:${times(9 * 1024, 'x')}`), 'card-long-line'),
      noted(
        'five components in one another',
        part(lines(...Array<string>(5).fill('BEGIN:VEVENT')), 'text/calendar'),
        'card-nesting',
      ),
      noted(
        '101 attendees',
        asCalendar(...Array<string>(101).fill('ATTENDEE:mailto:a@example.com')),
        'vcalendar-attendees',
      ),
      noted(
        '101 alarms',
        asCalendar(...Array<string>(101).fill('DALARM:20261224T180000')),
        'vcalendar-alarms',
      ),
      noted('an event of every second', asCalendar('RRULE:FREQ=SECONDLY'), 'vcalendar-recurrence'),
      noted(
        'a portrait on a server',
        asCard('PHOTO;VALUE=uri:https://example.com/me.jpg'),
        'card-remote-media',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf('SUSP_MMS_vCard_Embedded_Executable', 'text/x-vCard'),
      ...lookAlikesOf('SUSP_MMS_vCard_Dangerous_Link', 'text/x-vCard'),
      ...lookAlikesOf('SUSP_MMS_vCard_Bomb', 'text/x-vCard'),
    ],
  },
];

/** Rows of section 6, and of section 2 those about documents. */
export const DOCUMENT_THREATS: readonly ThreatRow[] = [...PDFS, ...MARKUP, ...CARDS];
