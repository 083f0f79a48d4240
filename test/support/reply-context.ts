import { TEXT_KEYS, type ReplyTexts, type TextKey } from '../../src/proxy/notice-texts.ts';
import type { ReplyContext } from '../../src/proxy/replies.ts';
import type { ReplySettings } from '../../src/proxy/reply-reasons.ts';

/** The texts of one language, all in one charset (MIBenum). */
export function replyTexts(texts: Readonly<Record<TextKey, string>>, charset = 106): ReplyTexts {
  return Object.fromEntries(TEXT_KEYS.map((key) => [key, { text: texts[key], charset }])) as ReplyTexts;
}

/** What an answer is made of, with the default settings. */
export function replyContext(
  texts: Partial<Readonly<Record<TextKey, string>>> = {},
  settings: Partial<ReplySettings> = {},
  charset?: number,
): ReplyContext {
  const all = { refused: 'No', tryLater: 'Later', stripped: 'Gone', held: 'Held', ...texts };
  return {
    texts: replyTexts(all, charset),
    settings: { throttledStatus: 'error-transient-failure', transientRetrieve: 'http-error', ...settings },
    reference: 'REF-1',
    nowMs: 1_800_000_000_999,
  };
}
