/** Text parts, and what detectors say of them. */
import { MIBENUM } from '../../src/codec/charsets.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { readingsOf } from '../../src/inspection/part-readings.ts';
import type { PartDetector, PartView } from '../../src/inspection/part-view.ts';
import type { UrlLists } from '../../src/inspection/url-lists.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';
import type { Detection } from './detection.ts';

/** What a test sets beside the text. */
export interface TextChanges extends Partial<PartView> {
  readonly urlLists?: UrlLists;
}

/** Everything that the detector reports of a part with this text, given as it is or by its octets. */
export function textDetections<Code extends string>(
  detector: PartDetector<Code>,
  text: string | Uint8Array,
  { urlLists, ...changes }: TextChanges = {},
): readonly Detection<Code>[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const part: PartView = {
    index: 0,
    octets: new Octets(bytes),
    declaredType: 'text/plain',
    fileName: '',
    sniffedType: '',
    family: 'text',
    texts: typeof text === 'string' ? [text] : readingsOf(bytes, MIBENUM.utf8).texts,
    ...changes,
  };
  const detections: Detection<Code>[] = [];
  detector.detect(part, (code, detail = {}) => detections.push({ code, ...detail }), {
    inflateRaw,
    ...(urlLists && { urlLists }),
  });
  return detections;
}

/** The codes that the detector reports of a part with this text, each once. */
export function textCodes<Code extends string>(
  detector: PartDetector<Code>,
  text: string | Uint8Array,
  changes: TextChanges = {},
): readonly Code[] {
  return [...new Set(textDetections(detector, text, changes).map(({ code }) => code))];
}

/** What people write: messages in many scripts, with addresses, numbers and emoji, of which nobody should hear. */
export const ORDINARY_TEXTS: readonly (readonly [string, string])[] = [
  ['a link', 'See https://www.example.com/path?a=1&b=2#top, it is great.'],
  ['a link in brackets', 'The page (https://en.wikipedia.org/wiki/Foo_(bar)) says it all.'],
  ['a link in Markdown', '[here](https://example.com/a.html) or <https://example.org>'],
  ['a name without a scheme', 'www.example.com or example.co.uk/shop'],
  ['a mail address', 'Write to joe.doe@example.com, or mailto:anna@example.org'],
  ['a telephone number', 'Call +49 (0)30 123-456.78 or tel:+4930123456 or 030/123456'],
  ['a version', 'v1.2.3.4 is out, 10.0.0.1 of node.js too; see README.md'],
  ['a network', 'the net 10.0.0.0/8 and the host 192.168.0.1'],
  ['a time', '12:34 http, and 12.05.2026 at 5.30pm for 1.299,00 EUR'],
  ['an abbreviation', 'e.g. the U.S.A. and i.e. the U.K.; a.m. or p.m.'],
  ['the name of a language', 'JavaScript: The Good Parts, metadata: text/html, intent: none'],
  ['a service code that nobody links', 'Dial *100# for your balance, or *#06#'],
  ['sentences without a space between them', 'Come home.The dog is sick.And the cat'],
  ['Arabic', 'مرحبا، شاهد https://www.example.com شكرا \u200F(١٢٣)\u200E'],
  ['Hebrew', 'שלום, ראו https://www.example.co.il/דף תודה \u200F!'],
  ['Persian with joiners', 'می‌خواهم به https://fa.wikipedia.org/wiki/می‌خواهم بروم'],
  ['Hindi with joiners', 'क्‍ष और https://hi.wikipedia.org/wiki/क्‍ष'],
  ['Russian', 'Привет, смотри https://www.example.ru/страница и SMS-сообщение.Пока'],
  ['Greek', 'Γεια σου, δες το https://www.example.gr/σελίδα'],
  ['Chinese', '请看https://www.example.cn/页面。谢谢，再见！'],
  ['Japanese without spaces', '詳しくはhttps://www.example.jpをご覧ください。'],
  ['Korean', '안녕하세요 https://www.example.kr/페이지 입니다'],
  ['emoji', 'Nice 👍 https://www.example.com/👨‍👩‍👧‍👦 🏳️‍🌈 ❤️ https://example.com🎉'],
  ['the flag of England', 'Go 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}!'],
  ['a number copied from contacts', 'Anna \u202D+49 30 123456\u202C https://example.com'],
  [
    'a name between isolates',
    '\u2068Anna\u2069 sent you \u2068photo.jpg\u2069: \u2068https://example.com\u2069',
  ],
  ['a link with an invisible end', 'https://example.com\u200B and https://example.com/a\uFEFF'],
  ['a soft hyphen', 'Donau\u00ADdampf\u00ADschiff'],
];
