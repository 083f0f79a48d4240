/** vCards and calendars, built line by line. */

/** Lines as the formats end them. */
export const lines = (...parts: readonly string[]): Uint8Array =>
  Buffer.from(parts.map((part) => `${part}\r\n`).join(''));

/** A vCard 3.0 with more properties. */
export const vcard = (...properties: readonly string[]): Uint8Array =>
  lines('BEGIN:VCARD', 'VERSION:3.0', 'N:Doe;Anna', 'FN:Anna Doe', ...properties, 'END:VCARD');

/** An iCalendar with one event with more properties. */
export const calendar = (...properties: readonly string[]): Uint8Array =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'SUMMARY:Dinner', 'DTSTART:20261224T180000Z'],
    ...properties,
    ...['END:VEVENT', 'END:VCALENDAR'],
  );

/** A vCard 2.1 as old handsets write it, with a JPEG of this many octets. */
export const vcardWithPhoto = (octets: number): Uint8Array => {
  const photo = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(octets, 7)]).toString(
    'base64',
  );
  return lines(
    ...['BEGIN:VCARD', 'VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Jörg'],
    ...['TEL;CELL:+4930123456', 'URL:https://www.example.com/', 'item1.X-ABLabel:_$!<HomePage>!$_'],
    'PHOTO;JPEG;ENCODING=BASE64:',
    ...(photo.match(/.{1,72}/g) ?? []).map((line) => ` ${line}`),
    '',
    'END:VCARD',
  );
};
