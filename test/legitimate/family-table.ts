/** What was found in ordinary files, as a table to read. */
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { SEVERITIES, type Severity } from '../../src/inspection/finding.ts';
import type { OrdinaryFile } from './collection.ts';

/** A file, and what came of it. */
export interface Seen {
  readonly file: OrdinaryFile;
  readonly outcome: ScanOutcome;
}

/** A block for each family: how many files, and in how many of them each code or rule was found, the worst first. */
export function familyTable(seen: readonly Seen[]): string {
  const families = [...new Set(seen.map(({ file }) => file.family))].sort();
  return families
    .map((family) =>
      block(
        family,
        seen.filter(({ file }) => file.family === family),
      ),
    )
    .join('\n');
}

function block(family: string, seen: readonly Seen[]): string {
  const lines = SEVERITIES.toReversed().map((severity) => {
    const codes = seen.flatMap(({ outcome }) => [...new Set(codesOf(outcome, severity))]);
    const counted = [...new Set(codes)].map(
      (code) => `${code} ${codes.filter((other) => other === code).length}`,
    );
    return counted.length === 0 ? '' : `\n  ${severity.padEnd(9)}${counted.sort().join(', ')}`;
  });
  return `${family}: ${seen.length} files${lines.join('')}`;
}

function codesOf(outcome: ScanOutcome, severity: Severity): string[] {
  const report = 'report' in outcome ? outcome.report : undefined;
  return [
    ...(report?.matches ?? []).filter((match) => match.severity === severity).map(({ rule }) => rule),
    ...(report?.findings ?? []).filter((finding) => finding.severity === severity).map(({ code }) => code),
  ].filter((code) => code !== 'content-class');
}
