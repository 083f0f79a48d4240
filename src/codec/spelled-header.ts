/** Headers in the application form of WSP (WAP-230-WSP 8.4.2.6): a name and a value, both spelled out. */
import type { Reader } from './reader.ts';
import { textString } from './wsp-values.ts';
import type { Writer } from './writer.ts';

/** True for an octet that starts the name of a spelled header: printable ASCII, but no space. */
export function startsSpelledHeader(octet: number): boolean {
  return octet > 0x20 && octet < 0x7f;
}

/** A spelled header. */
export interface SpelledHeader {
  readonly name: string;
  readonly value: string;
}

/** Reads the two texts of a spelled header. */
export function readSpelledHeader(reader: Reader): SpelledHeader {
  return { name: textString.read(reader), value: textString.read(reader) };
}

/** Writes a spelled header. Throws `RangeError` for a name that would not be read as one. */
export function writeSpelledHeader({ name, value }: SpelledHeader, out: Writer): void {
  if (!startsSpelledHeader(name.charCodeAt(0))) throw new RangeError(`${name} cannot name a header`);
  textString.write(name, out);
  textString.write(value, out);
}
