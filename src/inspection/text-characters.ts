/** Characters that nobody sees: what honest text needs them for, and where they only deceive. */

/**
 * Controls that turn the reading direction around (UAX 9). The marks LRM and RLM are not among them: Arabic and Hebrew
 * texts hold them everywhere, and they turn nothing around.
 */
export const BIDI_CONTROL = /[\u202A-\u202E\u2066-\u2068]/;

/** RLO shows all that follows backwards. Phones put the other controls around names and numbers, but never this one. */
export const RIGHT_TO_LEFT_OVERRIDE = '\u202E';

/**
 * An invisible character in an address. Joiners are letters to Persian and Indic scripts and to emoji, so they count
 * only behind what never joins.
 */
export const HIDDEN_IN_URL =
  /[\u00AD\u200B\u2060\uFEFF]|(?<=[\p{ASCII}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200C\u200D]/u;

/** An invisible character between two letters of a word. A soft hyphen is not: copied pages are full of them. */
export const HIDDEN_IN_WORD =
  /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200B-\u200D\u2060\uFEFF](?=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])/u;

/** A tag character (U+E0000 and following) that is not of a flag: text that no person, but every program reads. */
export const HIDDEN_TAG = /(?<![\u{1F3F4}\u{E0020}-\u{E007E}])[\u{E0001}\u{E0020}-\u{E007E}]/u;

/** Format characters, none of which is seen. */
export const FORMAT_CHARACTERS = /\p{Cf}/gu;
