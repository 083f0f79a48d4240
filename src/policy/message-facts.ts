import type { MessageType } from '../codec/mms-tokens.ts';
import type { PartFacts, PduFacts, ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';
import type { DecisionInput } from './decision.ts';
import type { Direction } from './policy-settings.ts';
import { addressKey } from './text-pattern.ts';

/** What profiles and entries ask of a message as a whole. */
export interface MessageFacts {
  readonly direction: Direction;
  readonly listener: string;
  /** Undefined for what could not be read. */
  readonly pduType: MessageType | undefined;
  /** As an `addressKey`; undefined when nobody vouches for it. */
  readonly sender: string | undefined;
  /** As `addressKey`s: they are many, and asked about often. */
  readonly recipients: readonly string[];
  readonly parts: readonly PartFacts[];
}

/** Outbound, the gateway vouches for a sender, whatever From says; inbound, the MMSC does by the From that it gives. */
export function messageFacts({
  outcome,
  direction,
  listener,
  authenticatedSender,
}: DecisionInput): MessageFacts {
  const report = reportOf(outcome);
  const sender = direction === 'outbound' ? authenticatedSender : givenSender(report?.pdu);
  return {
    direction,
    listener,
    pduType: report?.pdu.type,
    sender: sender === undefined ? undefined : addressKey(sender),
    recipients: (report?.pdu.recipients ?? []).map(addressKey),
    parts: report?.parts ?? [],
  };
}

function reportOf(outcome: ScanOutcome): ScanReport | undefined {
  return outcome.kind === 'inspected' || outcome.kind === 'not-inspected' ? outcome.report : undefined;
}

function givenSender(pdu: PduFacts | undefined): string | undefined {
  const from = pdu?.headers.from;
  return from?.kind === 'address' ? from.address.text : undefined;
}
