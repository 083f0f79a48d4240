import { utf8 } from './bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';

const card = (property: string): string =>
  `BEGIN:VCARD\r\nVERSION:2.1\r\nN:Doe;Jo\r\n${property}\r\nEND:VCARD\r\n`;

const holding = (
  name: string,
  [property, harmless]: readonly [string, string],
  also: readonly string[] = [],
): Positive => ({
  name,
  bytes: utf8(card(property)),
  also,
  flips: [
    { name: 'something else', bytes: utf8(card(harmless)) },
    { name: 'no card', bytes: utf8(`${property}\r\n`) },
  ],
});

const SCHEME = ['SUSP_MMS_URL_Dangerous_Scheme'];

const PORTRAIT = {
  name: 'a card with a portrait',
  bytes: utf8(card('PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j/4AAQSkZJRgABAQ')),
};
const SITE = {
  name: 'a card with a site',
  bytes: utf8(card('URL:https://example.com/\r\nNOTE:file: see the shelf, javascript: no')),
};

const cards = (count: number): string => 'BEGIN:VCARD\r\nN:A\r\nEND:VCARD\r\n'.repeat(count);

export const samples: FamilySamples = {
  SUSP_MMS_vCard_Embedded_Executable: {
    positives: [
      ...['TVqQ', 'TVpQ', 'f0VMR', 'UEsDB', 'ZGV4Cj', 'yv66v'].map((letters) =>
        holding(`${letters} in base64`, [
          `PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n ${letters}AAMA`,
          `PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j${letters}`,
        ]),
      ),
      holding('the short form', ['KEY;ENCODING=b:TVqQAAMA', 'KEY;ENCODING=8BIT:TVqQAAMA']),
      holding('the form without a name', ['SOUND;BASE64:f0VMRgEB', 'SOUND;INLINE:f0VMRgEB']),
      holding('a data address', [
        'PHOTO:data:application/octet-stream;base64,ZGV4CjAz',
        'PHOTO:data:image/gif;base64,R0lGODlh',
      ]),
      {
        name: 'a calendar',
        bytes: utf8('BEGIN:VCALENDAR\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:UEsDBBQA\r\nEND:VCALENDAR'),
        flips: [
          {
            name: 'a picture',
            bytes: utf8('BEGIN:VCALENDAR\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:iVBORw0K\r\nEND:VCALENDAR'),
          },
        ],
      },
    ],
    lookAlikes: [
      PORTRAIT,
      SITE,
      { name: 'a note with the letters', bytes: utf8(card('NOTE:TVqQ f0VMR UEsDB')) },
    ],
  },
  SUSP_MMS_vCard_Dangerous_Link: {
    positives: [
      holding('a script', ['URL:javascript:alert(1)', 'URL:javascripts.example'], SCHEME),
      holding('a local file', ['PHOTO;VALUE=URI:file:///data/a', 'PHOTO;VALUE=URI:files.example/a']),
      holding('an application', ['SOURCE:intent:a#Intent;end', 'SOURCE:intents.example'], SCHEME),
      holding('an inline page', ['URL;TYPE=home:data:text/html,a', 'URL;TYPE=home:data:image/png,a'], SCHEME),
    ],
    lookAlikes: [
      PORTRAIT,
      SITE,
      { name: 'a picture inside', bytes: utf8(card('PHOTO:data:image/png;base64,iVBORw0K')) },
    ],
  },
  SUSP_MMS_vCard_Bomb: {
    positives: [
      { name: '501 cards', bytes: utf8(cards(501)), flips: [{ name: 'one fewer', bytes: utf8(cards(500)) }] },
    ],
    lookAlikes: [PORTRAIT, { name: 'an address book', bytes: utf8(cards(400)) }],
  },
};
