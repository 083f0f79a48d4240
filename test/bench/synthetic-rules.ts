/** Rules made by code, the same in every run, in the mix that public sets have and in words that all engines know. */
import { octetNoise } from './noise.ts';

/** So many rules as one text. No message of the benchmarks matches one. */
export function syntheticRules(count: number): string {
  const dice = new Dice();
  return Array.from({ length: count }, (_, index) => rule(index, dice)).join('\n');
}

/** The share of each kind among a hundred patterns, as counted in signature-base: mostly texts. */
const KINDS: readonly { readonly upTo: number; readonly pattern: (dice: Dice) => string }[] = [
  { upTo: 55, pattern: (dice) => `"${dice.words(2, 4)}"` },
  { upTo: 65, pattern: (dice) => `"${dice.words(2, 3)}" nocase` },
  { upTo: 72, pattern: (dice) => `"${dice.words(2, 3)}" ascii wide` },
  { upTo: 77, pattern: (dice) => `"${dice.words(2, 2)}" fullword` },
  { upTo: 92, pattern: hexPattern },
  { upTo: 100, pattern: regexPattern },
];

const CONDITIONS: readonly string[] = [
  'any of them',
  'all of them',
  '2 of them',
  'filesize < 500KB and 2 of them',
  'uint16(0) == 0x5a4d and any of them',
  '#s0 > 2 or all of them',
];

function rule(index: number, dice: Dice): string {
  const patterns = Array.from(
    { length: 2 + dice.below(7) },
    (_, number) => `    $s${number} = ${pattern(dice)}`,
  );
  return `rule Synthetic_${index}
{
  meta:
    description = "made by code"
    severity = "low"
  strings:
${patterns.join('\n')}
  condition:
    ${dice.of(CONDITIONS)}
}`;
}

function pattern(dice: Dice): string {
  const share = dice.below(100);
  return KINDS.find(({ upTo }) => share < upTo)?.pattern(dice) ?? '';
}

/** Octets with a jump, a wild card and a choice somewhere between them. */
function hexPattern(dice: Dice): string {
  const octets = (length: number): string => Array.from({ length }, () => dice.octet()).join(' ');
  const middle = dice.of(['??', '[2-6]', `(${dice.octet()} | ${dice.octet()})`, `${dice.octet()} ??`]);
  return `{ ${octets(4 + dice.below(5))} ${middle} ${octets(3 + dice.below(6))} }`;
}

function regexPattern(dice: Dice): string {
  const middle = dice.of(['[a-z0-9]{4,12}', '\\s{1,4}', '[0-9]{2,5}\\.', '(get|post)']);
  return `/${dice.word()}${middle}${dice.word()}/`;
}

const SYLLABLES = 'ka lo mi tre zu ver pon dax sil qua bor fen gly hox jun wip tas rem yol cru'.split(' ');

/** The choices of the generator. */
class Dice {
  readonly #octets = octetNoise(0x5eed);

  below(limit: number): number {
    return (this.#octets() * 256 + this.#octets()) % limit;
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  octet(): string {
    return this.#octets().toString(16).padStart(2, '0');
  }

  word(): string {
    return Array.from({ length: 2 + this.below(3) }, () => this.of(SYLLABLES)).join('');
  }

  words(fewest: number, most: number): string {
    const separator = this.of([' ', '.', '_', '/']);
    return Array.from({ length: fewest + this.below(most - fewest + 1) }, () => this.word()).join(separator);
  }
}
