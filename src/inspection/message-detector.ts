/** What looks at a message as a whole: how its parts belong together, which no single part can tell. */
import type { FindingTable, ReportDetail } from './finding.ts';
import type { MessageView } from './part-view.ts';

/** Where a message detector's report points: at a part where it names one, at the PDU otherwise. */
export interface MessageReportDetail extends ReportDetail {
  /** `PartView.index`; `offset` then counts from the start of that part. */
  readonly part?: number | undefined;
}

/** Given to a message detector to speak with. It bounds what is kept, as `Report` does. */
export type MessageReport<Code extends string = string> = (code: Code, detail?: MessageReportDetail) => void;

/** Looks at one message. It takes time linear in the message, never throws, and reports under codes of its table. */
export interface MessageDetector<Code extends string = string> {
  readonly name: string;
  readonly findings: FindingTable<Code>;
  detect(message: MessageView, report: MessageReport<Code>): void;
}
