/** Archives as rules look at them. */
import { joined } from '../support/sample-octets.ts';
import { zipOf } from '../support/zip-sample.ts';

/** An archive of members with these names. */
export const zipNamed = (...names: readonly string[]): Uint8Array =>
  zipOf(names.map((name) => ({ name, content: 'x' })));

/** An archive of one text that is not compressed, so that rules see it. */
export const zipStoring = (name: string, content: string | Uint8Array): Uint8Array =>
  zipOf([{ name, content, method: 0 }]);

/** A file, and after it an archive of two members. */
export const followedByZip = (before: Uint8Array, comment = ''): Uint8Array =>
  joined(
    before,
    zipOf(
      [
        { name: 'a.txt', content: 'a' },
        { name: 'b.txt', content: 'b' },
      ],
      { comment },
    ),
  );
