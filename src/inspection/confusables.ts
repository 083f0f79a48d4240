/** Letters of one script that pass for letters of another: a small table in the spirit of UTS 39. */

const LATIN = /\p{Script=Latin}/u;

/** The scripts whose letters pass for each other. Han, Kana and Hangul stand beside Latin in honest names. */
const SCRIPTS = [LATIN, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Latin letters with what looks like them in the type of a phone, in lower case (UTS 39 data and Chromium's list). */
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['a', 'аαɑ'],
  ['b', 'ь'],
  ['c', 'с'],
  ['d', 'ԁ'],
  ['e', 'е'],
  ['g', 'ԍɡ'],
  ['h', 'һ'],
  ['i', 'іιı'],
  ['j', 'јϳ'],
  ['k', 'кκ'],
  ['l', 'ӏł'],
  ['n', 'пη'],
  ['o', 'оοσø'],
  ['p', 'рρ'],
  ['q', 'ԛ'],
  ['r', 'г'],
  ['s', 'ѕ'],
  ['t', 'τ'],
  ['u', 'υ'],
  ['v', 'ѵν'],
  ['w', 'ԝѡω'],
  ['x', 'хχ'],
  ['y', 'уүγ'],
];

const LATIN_BY_LOOK_ALIKE: ReadonlyMap<string, string> = new Map(
  LOOK_ALIKES.flatMap(([latin, letters]) =>
    Array.from(letters, (letter): [string, string] => [letter, latin]),
  ),
);

/** True when the label holds letters of more than one of Latin, Cyrillic and Greek. */
export function isMixedScript(label: string): boolean {
  return SCRIPTS.filter((script) => script.test(label)).length > 1;
}

/** True when the label has no Latin letter, and every letter that it has passes for one. */
export function passesForLatin(label: string): boolean {
  const letters = label.match(/\p{L}/gu) ?? [];
  return (
    letters.length > 0 && letters.every((letter) => LATIN_BY_LOOK_ALIKE.has(letter) && !LATIN.test(letter))
  );
}

/** Digits and pairs of letters that pass for a letter in the eyes of a hurried reader. */
const LOOSE_LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['0', 'o'],
  ['1', 'l'],
  ['rn', 'm'],
  ['vv', 'w'],
];

/** The label as it looks: without accents, in the Latin letters that its own pass for. Equal for names that look alike. */
export function skeletonOf(label: string): string {
  const bare = label.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const latin = Array.from(bare, (letter) => LATIN_BY_LOOK_ALIKE.get(letter) ?? letter).join('');
  return LOOSE_LOOK_ALIKES.reduce((skeleton, [seen, meant]) => skeleton.replaceAll(seen, meant), latin);
}
