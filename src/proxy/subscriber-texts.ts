/** The texts of one exchange, in the language of who reads them. */
import type { Exchange } from './exchange-context.ts';
import { textsFor, type ReplyTexts, type TextFacts } from './notice-texts.ts';
import { headerValue } from './raw-headers.ts';
import { senderOf } from './request-sender.ts';

/** For the handset that waits for the answer. */
export function textsForHandset(exchange: Exchange): ReplyTexts {
  const { request, context } = exchange;
  const sender = senderOf(exchange);
  const reader = {
    acceptLanguage: headerValue(request.rawHeaders, 'accept-language'),
    acceptCharset: headerValue(request.rawHeaders, 'accept-charset'),
    numbers: sender === undefined ? [] : [sender],
  };
  return textsFor(context.settings.texts, reader, factsOf(exchange));
}

/** For the recipients of the message that is posted, whose handsets have not asked for anything yet. */
export function textsForRecipients(exchange: Exchange, numbers: readonly string[]): ReplyTexts {
  const reader = { acceptLanguage: undefined, acceptCharset: undefined, numbers };
  return textsFor(exchange.context.settings.texts, reader, factsOf(exchange));
}

function factsOf({ context, id }: Exchange): TextFacts {
  return { nowMs: context.nowMs(), reference: id };
}
