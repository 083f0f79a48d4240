/** File names that are shown in another order than they are read in: `photo` + RLO + `gpj.apk` ends in `.jpg` to the eye. */
import type { FindingTable } from './finding.ts';
import type { PartDetector } from './part-view.ts';
import { BIDI_CONTROL, RIGHT_TO_LEFT_OVERRIDE } from './text-characters.ts';
import { scored } from './severity-score.ts';

/** Findings about the reading direction. */
export const BIDI_FINDINGS = {
  'bidi-part-name': scored(60, 'The name of a part holds characters that turn its reading direction around'),
  'bidi-file-name': scored(
    60,
    'A file name in a text holds characters that turn its reading direction around',
  ),
  'bidi-override': scored(40, 'A text holds an override that shows what follows it backwards'),
} as const satisfies FindingTable;

type BidiFindingCode = keyof typeof BIDI_FINDINGS;

/** Reports names with turned parts: that of a part of any type, and those in texts. */
export const bidiDetector: PartDetector<BidiFindingCode> = {
  name: 'bidi',
  findings: BIDI_FINDINGS,
  detect({ fileName, texts }, report) {
    if (BIDI_CONTROL.test(fileName)) report('bidi-part-name');
    if (texts.some(hasTurnedFileName)) report('bidi-file-name');
    if (texts.some((text) => text.includes(RIGHT_TO_LEFT_OVERRIDE))) report('bidi-override');
  },
};

const WORD = /\S+/g;
const LETTER = /[\p{L}\p{N}]/u;

/** An extension at the end of a word, with the punctuation of the sentence and the ends of the controls behind it. */
const EXTENSION = /[^.]\.[A-Za-z0-9]{2,12}[.,;:!?)"'\u202C\u2069]*$/;

function hasTurnedFileName(text: string): boolean {
  return BIDI_CONTROL.test(text) && (text.match(WORD) ?? []).some(isTurnedFileName);
}

/** Phones put controls around whole words; one between the first letter and the extension turns a name around. */
function isTurnedFileName(word: string): boolean {
  const extension = EXTENSION.exec(word);
  return extension !== null && BIDI_CONTROL.test(word.slice(word.search(LETTER), extension.index + 1));
}
