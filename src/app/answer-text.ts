import type { EncodedString } from '../codec/encoded-string.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import type { Mm1Answer } from '../lab/mm1-client.ts';
import { terminalText } from './terminal-text.ts';

/** Characters that are shown of an answer that is no PDU. */
const TEXT_SHOWN = 200;

/** What an answer says, as lines for a terminal: the first is type and status, by name. */
export function answerLines(answer: Mm1Answer): readonly string[] {
  switch (answer.kind) {
    case 'pdu':
      return pduLines(answer.pdu);
    case 'no-pdu': {
      const { status, contentType = 'no Content-Type', body } = answer.http;
      const text = body.subarray(0, TEXT_SHOWN).toString();
      return [`HTTP ${status}, ${terminalText(contentType)}, ${body.length} octets: ${terminalText(text)}`];
    }
    case 'no-answer':
      return [`no answer: ${answer.failure.reason}: ${terminalText(answer.failure.detail)}`];
  }
}

/** True for an answer that grants what was asked. */
export function isGranted(answer: Mm1Answer): boolean {
  return answer.kind === 'pdu' && statusOf(answer.pdu) === 'ok';
}

/** The status of a confirmation by name, or its octet; `ok` for an m-retrieve-conf without one, which is a message. */
export function statusOf({ type, headers }: MmsPdu): string | undefined {
  const status = type === 'm-retrieve-conf' ? (headers.retrieveStatus ?? 'ok') : headers.responseStatus;
  return typeof status === 'number' ? `0x${status.toString(16)}` : status;
}

function pduLines(pdu: MmsPdu): readonly string[] {
  const { messageId, responseText, retrieveText } = pdu.headers;
  return [
    `${pdu.type}: ${statusOf(pdu) ?? 'no status'}`,
    ...labelled('message id', messageId),
    ...labelled('text', textOf(responseText) ?? textOf(retrieveText)),
  ];
}

function textOf(value: EncodedString | undefined): string | undefined {
  return value?.text;
}

function labelled(label: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${label}: ${terminalText(text)}`];
}
