import { utf8 } from './bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';

const smil = (body: string, head = ''): string =>
  `<smil xmlns="http://www.w3.org/2001/SMIL20/Language"><head>${head}</head><body><par dur="5000ms">${body}</par></body></smil>`;

const pointing = (name: string, body: string, harmless: string): Positive => ({
  name,
  bytes: utf8(smil(body)),
  flips: [
    { name: 'a part of the message', bytes: utf8(smil(harmless)) },
    { name: 'no presentation', bytes: utf8(`<note>${body}</note>`) },
  ],
});

const long = (count: number, quote = '"'): string => `<region id=${quote}${'A'.repeat(count)}${quote}/>`;

export const samples: FamilySamples = {
  SUSP_MMS_SMIL_External_Or_Script: {
    positives: [
      ...['http', 'https', 'ftp', 'file', 'content', 'javascript', 'intent', 'rtsp', 'data', 'HTTP'].map(
        (scheme) => pointing(`a source by ${scheme}`, `<img src="${scheme}:a"/>`, '<img src="cid:a"/>'),
      ),
      pointing('a link', "<a href = 'http://example.com'/>", "<a href = '#next'/>"),
      {
        name: 'an entity',
        bytes: utf8(`<!DOCTYPE smil [<!ENTITY a "b">]>${smil('&a;')}`),
        flips: [{ name: 'none', bytes: utf8(smil('a')) }],
      },
      {
        name: 'a document type from elsewhere',
        bytes: utf8(`<!DOCTYPE smil SYSTEM "http://example.com/a.dtd">${smil('')}`),
        flips: [
          {
            name: 'the public one',
            bytes: utf8(`<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "a.dtd">${smil('')}`),
          },
        ],
      },
      {
        name: 'a long name',
        bytes: utf8(smil('', long(256))),
        flips: [{ name: 'one character fewer', bytes: utf8(smil('', long(255))) }],
      },
      {
        name: 'a long name in single quotes',
        bytes: utf8(smil('', long(256, "'"))),
        flips: [{ name: 'one character fewer', bytes: utf8(smil('', long(255, "'"))) }],
      },
    ],
    lookAlikes: [
      {
        name: 'a local presentation',
        bytes: utf8(
          smil(
            '<img src="IMG_1.jpg" region="Image"/><text src="cid:text_0.txt" region="Text"/>',
            '<layout><region id="Image" top="0"/></layout>',
          ),
        ),
      },
      {
        name: 'parts whose names begin like a scheme',
        bytes: utf8(smil('<img src="http.jpg"/><audio src="file_1.amr"/><text src="content.txt"/>')),
      },
      {
        name: 'a presentation that was made by a site',
        bytes: utf8(smil('', '<meta name="generator" content="http://example.com"/>')),
      },
      {
        name: 'a text that quotes one',
        bytes: utf8('<p>src="http://example.com" is not for <smil></p>'.padStart(1200)),
      },
    ],
  },
};
