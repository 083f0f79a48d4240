/** A decode report as lines for a terminal. Whatever comes from the message is escaped. */
import type { HeaderReport } from './decode-headers.ts';
import type { PartReport } from './decode-parts.ts';
import type { AnomalyReport, BrokenReport, DecodeReport, SoundReport } from './decode-report.ts';
import { hexDump } from './hex-dump.ts';
import { terminalText } from './terminal-text.ts';

/** Columns of the offset, and of a header's name. */
const OFFSET_COLUMNS = 8;
const NAME_COLUMNS = 30;

/** The lines that tell of one file. */
export function decodeText(report: DecodeReport): readonly string[] {
  const file = terminalText(report.file);
  if (report.ok) return soundLines(file, report);
  if ('octets' in report) return brokenLines(file, report);
  return [`${file}: ${terminalText(report.error.detail)}`];
}

function soundLines(file: string, report: SoundReport): readonly string[] {
  const { push, type, octets, headers, parts, anomalies } = report;
  const wrapper =
    push === undefined
      ? []
      : [line(0, 'WAP push', `transaction ${push.transactionId}; ${terminalText(push.contentType)}`)];
  return [
    `${file}: ${type}, ${octets} octets`,
    ...wrapper,
    ...headers.map(headerLine),
    ...section('parts', parts.flatMap(partLines)),
    ...section('anomalies', anomalies.flatMap(anomalyLines)),
  ];
}

function headerLine({ offset, name, value }: HeaderReport): string {
  return line(offset, terminalText(name), terminalText(value));
}

/** A part stands as far to the right as it is deep. */
function partLines({ path, offset, octets, contentType, ...about }: PartReport): readonly string[] {
  const indent = '  '.repeat(path.split('.').length - 1);
  const decoded = about.decodedOctets === undefined ? '' : ` (${about.decodedOctets} decoded)`;
  const labels = [
    ['name', about.name],
    ['content id', about.contentId],
    ['location', about.contentLocation],
    ['disposition', about.disposition],
    ['transfer encoding', about.transferEncoding],
  ].flatMap(([label, value]) => (value === undefined ? [] : [`${label ?? ''} ${terminalText(value)}`]));
  const head = line(offset, `${indent}#${path} ${octets} octets${decoded}`, terminalText(contentType));
  return labels.length === 0 ? [head] : [head, continued(`${indent}${labels.join(', ')}`)];
}

function anomalyLines({ offset, code, detail, summary }: AnomalyReport): readonly string[] {
  return [line(offset, code, terminalText(detail)), continued(summary)];
}

function brokenLines(file: string, { octets, error }: BrokenReport): readonly string[] {
  const { code, offset, detail, around } = error;
  const bytes = Buffer.from(around.hex, 'hex');
  return [
    `${file}: broken, ${octets} octets`,
    `  ${code} at octet ${offset} (0x${offset.toString(16)}): ${terminalText(detail)}`,
    ...hexDump({ offset: around.offset, bytes }, offset).map((row) => `  ${row}`),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines];
}

function line(offset: number, name: string, value: string): string {
  return `${String(offset).padStart(OFFSET_COLUMNS)}  ${name.padEnd(NAME_COLUMNS)} ${value}`.trimEnd();
}

/** Belongs to the line above. */
function continued(text: string): string {
  return `${' '.repeat(OFFSET_COLUMNS + 2)}  ${text}`;
}
