/** How detectors of markup speak: every reading of a part is looked at, and most readings say the same. */
import type { Report } from './finding.ts';

/** Reports a code, with the character of the reading that it is about. */
export type CharacterReport<Code extends string> = (code: Code, character: number) => void;

/**
 * Reports each code once, where it is met first. The place is a character of a reading, and so is evidence and no offset:
 * octets and characters are not the same.
 */
export function oncePerCode<Code extends string>(report: Report<Code>): CharacterReport<Code> {
  const reported = new Set<Code>();
  return (code, character) => {
    if (reported.has(code)) return;
    reported.add(code);
    report(code, { evidence: { character } });
  };
}
