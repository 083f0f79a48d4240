/** A decision for people and for programs: which entry decided what, and what entries in shadow would do. */
import type { DecisionReason } from '../policy/decision.ts';
import { POLICY_ACTIONS } from '../policy/policy-settings.ts';
import { placeOf, type FileScan } from './scan-report-text.ts';
import { terminalText } from './terminal-text.ts';

const ACTION_COLUMNS = Math.max(...POLICY_ACTIONS.map((action) => action.length));

/** One JSON object: file, kind, how the scan ended, the PDU type, and everything of the decision. */
export function decisionJson({ file, kind, outcome, decision }: FileScan): object {
  const type = 'report' in outcome ? outcome.report?.pdu.type : undefined;
  return { file, kind, outcome: outcome.kind, ...(type !== undefined && { type }), ...decision };
}

/** Lines for a terminal: what becomes of the message and which entry says so, then every reason, the hardest first. */
export function decisionText({ file, decision }: FileScan): readonly string[] {
  const { profile, action, isEnforced, shadowAction, stripParts, reasons } = decision;
  const [first] = reasons.filter(({ isShadow }) => !isShadow);
  const by = first?.action === action ? ` by ${first.entry}` : '';
  const parts = stripParts.length === 0 ? '' : ` parts ${stripParts.join(', ')}`;
  const monitor = isEnforced || action === 'forward' ? '' : '; monitor mode forwards it';
  return [
    `${file}: ${action}${parts}${by} (profile ${profile}${monitor})`,
    ...reasons.map(reasonLine),
    ...(shadowAction === action ? [] : [`  with the entries in shadow: ${shadowAction}`]),
  ].map(terminalText);
}

function reasonLine({ kind, code, severity, part, entry, action, isShadow }: DecisionReason): string {
  const what = [kind === 'not-inspected' ? 'not inspected' : kind, severity, code].filter(
    (word) => word !== undefined,
  );
  const state = isShadow ? ' in shadow' : '';
  return `  ${action.padEnd(ACTION_COLUMNS)} ${what.join(' ')}${placeOf(part)} by ${entry}${state}`;
}
