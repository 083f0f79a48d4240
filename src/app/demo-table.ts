/** The demo's table: one line an exchange. */
import type { ExchangeRecord } from '../proxy/observer.ts';

/** Columns of the table; texts to the left, numbers to the right. */
const COLUMNS = [
  { title: 'from', width: 7, align: 'left' },
  { title: 'asks', width: 18, align: 'left' },
  { title: 'octets', width: 9, align: 'right' },
  { title: 'gets', width: 18, align: 'left' },
  { title: 'octets', width: 9, align: 'right' },
  { title: 'outcome', width: 26, align: 'left' },
  { title: 'ms', width: 8, align: 'right' },
] as const;

/** The heading, and the line below it. */
export function tableHead(): readonly string[] {
  return [
    tableLine(COLUMNS.map(({ title }) => title)),
    tableLine(COLUMNS.map(({ width }) => '-'.repeat(width))),
  ];
}

/** One exchange. */
export function exchangeRow(record: ExchangeRecord, from: string): string {
  const { method, outbound, inbound, outcome, status, totalMs } = record;
  const isPassed = outcome.kind === 'forwarded' || outcome.kind === 'stripped';
  const own = isPassed ? `HTTP ${status}` : 'own answer';
  return tableLine([
    from,
    outbound.pduType ?? method,
    String(outbound.bodyBytes),
    inbound.pduType ?? own,
    isPassed ? String(inbound.bodyBytes) : '',
    'code' in outcome ? `${outcome.kind} ${outcome.code}` : outcome.kind,
    totalMs.toFixed(1),
  ]);
}

/** Why a message was not forwarded as it is: the rules and findings, each on a line. Nothing for any other exchange. */
export function reasonLines({ outbound, inbound }: ExchangeRecord): readonly string[] {
  const decisions = [outbound.decision, inbound.decision].filter((decision) => decision !== undefined);
  const reasons = decisions.flatMap((decision) => (decision.action === 'forward' ? [] : decision.reasons));
  return reasons.map(({ code, entry }) => `  because of ${code} (${entry})`);
}

function tableLine(cells: readonly string[]): string {
  const padded = COLUMNS.map(({ width, align }, index) => {
    const cell = cells[index] ?? '';
    return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
  });
  return padded.join('  ').trimEnd();
}
