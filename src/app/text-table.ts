/** Tables for a terminal. */
import { terminalText } from './terminal-text.ts';

/** Lines of a table with its heading; hostile texts are made safe. Each column is as wide as its widest cell. */
export function textTable(
  titles: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): readonly string[] {
  const cells = [titles, ...rows].map((row) => row.map((cell) => terminalText(String(cell ?? ''))));
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
