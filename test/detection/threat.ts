/** How the table of threats is written: a message that stands for a threat, and all that must speak of it. */
import type { ScanContext } from '../../src/scanning/scan-context.ts';
import type { ScanSettings } from '../../src/scanning/scan-settings.ts';
import { messageWith } from '../support/messages-with.ts';

/** A body to scan, and what is known of it. */
export interface Subject {
  readonly body: Uint8Array;
  readonly context?: Partial<ScanContext>;
  /** What the operator has configured, where a threat is only told by that. */
  readonly settings?: Partial<ScanSettings>;
}

/** One threat. */
export interface Threat {
  readonly name: string;
  readonly subject: Subject;
  /** Codes of findings, names of rules, and codes of what could not be inspected: each must be there. */
  readonly caughtBy: readonly string[];
  readonly isRefused: boolean;
}

/** Something like a threat, which must pass. */
export interface LookAlike {
  readonly name: string;
  readonly subject: Subject;
}

/** A row of the threats' summary. */
export interface ThreatRow {
  readonly title: string;
  readonly threats: readonly Threat[];
  readonly lookAlikes: readonly LookAlike[];
}

/** A threat whose message is refused. */
export function blocked(name: string, subject: Subject, ...caughtBy: readonly string[]): Threat {
  return { name, subject, caughtBy, isRefused: true };
}

/** A threat that is told of, for a policy to decide; by itself it does not refuse the message. */
export function noted(name: string, subject: Subject, ...caughtBy: readonly string[]): Threat {
  return { name, subject, caughtBy, isRefused: false };
}

/** What must pass. */
export function harmless(name: string, subject: Subject): LookAlike {
  return { name, subject };
}

/** A part as a handset labels it. */
export interface PartLabel {
  readonly type: string;
  readonly fileName?: string;
}

/** The part, alone in a message. */
export function part(bytes: Uint8Array | string, label: PartLabel | string): Subject {
  const { type, fileName }: PartLabel = typeof label === 'string' ? { type: label } : label;
  const location = fileName === undefined ? {} : { contentLocation: fileName };
  return { body: messageWith([{ type, bytes, headers: location }]) };
}
