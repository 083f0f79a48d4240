import { zeros } from '../support/sample-octets.ts';
import { png } from './image-bytes.ts';
import type { FamilySamples, Sample } from './sample.ts';

const named = (name: string, filename: string): Sample => ({
  name,
  bytes: png(10, 10),
  externals: { filename },
});

export const samples: FamilySamples = {
  SUSP_MMS_File_Name_Bidi_Override: {
    positives: ['\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068'].map((control) => ({
      ...named(`U+${control.charCodeAt(0).toString(16)}`, `photo${control}gpj.apk`),
      flips: [named('no control', 'photogpj.apk')],
    })),
    lookAlikes: [
      named('a Hebrew name with a mark', '\u05ea\u05de\u05d5\u05e0\u05d4\u200f.png'),
      named('an Arabic name', '\u0635\u0648\u0631\u0629.png'),
      named('an emoji of several', '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67.png'),
      { name: 'no name', bytes: zeros(10) },
    ],
  },
};
