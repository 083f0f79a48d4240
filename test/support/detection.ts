/** Runs one detector on the bytes of one part. */
import fc from 'fast-check';
import type { ReportDetail } from '../../src/inspection/finding.ts';
import { Octets } from '../../src/inspection/octets.ts';
import type { PartDetector, PartView } from '../../src/inspection/part-view.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';

/** What of a part a test sets beside its bytes. */
export type PartChanges = Partial<Omit<PartView, 'octets'>>;

/** One report of a detector. */
export interface Detection<Code extends string> extends ReportDetail {
  readonly code: Code;
}

/** Everything that the detector reports, in order. */
export function detectionsOf<Code extends string>(
  detector: PartDetector<Code>,
  bytes: Uint8Array,
  changes: PartChanges = {},
): readonly Detection<Code>[] {
  const part: PartView = {
    index: 0,
    octets: new Octets(bytes),
    declaredType: '',
    fileName: '',
    sniffedType: '',
    family: undefined,
    texts: [],
    ...changes,
  };
  const detections: Detection<Code>[] = [];
  detector.detect(part, (code, detail = {}) => detections.push({ code, ...detail }), { inflateRaw });
  return detections;
}

/** The codes that the detector reports, each once, in order. */
export function codesOf<Code extends string>(
  detector: PartDetector<Code>,
  bytes: Uint8Array,
  changes: PartChanges = {},
): readonly Code[] {
  return [...new Set(detectionsOf(detector, bytes, changes).map(({ code }) => code))];
}

/** Runs the detector on every beginning of the sample: none may make it throw. */
export function detectTruncated(detector: PartDetector, sample: Uint8Array, changes: PartChanges = {}): void {
  for (let length = 0; length <= sample.length; length += 1) {
    detectionsOf(detector, sample.subarray(0, length), changes);
  }
}

/** Runs the detector on damaged samples (octets changed, a piece cut out or doubled): none may make it throw. */
export function detectMutated(
  detector: PartDetector,
  samples: readonly Uint8Array[],
  changes: PartChanges = {},
): void {
  fc.assert(
    fc.property(mutationOf(samples), (bytes) => {
      detectionsOf(detector, bytes, changes);
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
  );
}

const INTERESTING = [0, 1, 2, 0x7f, 0x80, 0xff];

function mutationOf(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const octet = fc.oneof(fc.nat(255), fc.constantFrom(...INTERESTING));
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), octet);
  const cut = fc.tuple(fc.nat(), fc.nat(64), fc.boolean());
  const damage = fc.record({ changes: fc.array(change, { maxLength: 8 }), cut: fc.option(cut, { freq: 2 }) });
  return fc.tuple(fc.constantFrom(...samples), damage).map(([sample, { changes, cut: piece }]) => {
    const bytes = Uint8Array.from(sample);
    for (const [place, value] of changes) bytes[Math.floor(place * bytes.length)] = value;
    return piece ? withoutOrTwice(bytes, piece) : bytes;
  });
}

function withoutOrTwice(
  bytes: Uint8Array,
  [from, length, isTwice]: readonly [number, number, boolean],
): Uint8Array {
  const start = from % (bytes.length + 1);
  const rest = isTwice ? start : start + length;
  return Uint8Array.from([...bytes.subarray(0, start + (isTwice ? length : 0)), ...bytes.subarray(rest)]);
}
