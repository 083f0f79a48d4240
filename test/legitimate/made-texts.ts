/** Texts in the charsets of handsets, and presentations as their programs write them. */
import { spawnSync } from 'node:child_process';
import { ORDINARY_TEXTS } from '../support/text-sample.ts';
import type { Gathered, Harvest } from './source.ts';

/** A greeting, as people write one, by language. */
export const GREETINGS: Readonly<Record<string, string>> = {
  english: "Hi Anna! We're at the beach – see you at 8? Love, Tom x",
  german: 'Schöne Grüße aus Köln, wir sehen uns um 20 Uhr am Bahnhof!',
  french: 'Coucou, ça va\u00a0? On se voit ce soir à 19h\u00a0? Bisous à toute la famille',
  spanish: '¡Hola! ¿Nos vemos mañana? Te envío las fotos del cumpleaños',
  turkish: 'Merhaba, yarın akşam görüşürüz. Çok teşekkürler!',
  polish: 'Cześć! Do zobaczenia o ósmej, przywieź zdjęcia z wakacji. Żółw',
  czech: 'Ahoj, uvidíme se zítra večer. Přijedu vlakem v půl osmé.',
  russian: 'Привет! Увидимся в восемь у метро, целую',
  greek: 'Γεια σου! Τα λέμε αύριο το βράδυ',
  hebrew: 'שלום! נתראה מחר בערב בשעה 8',
  arabic: 'مرحبا! أراك غدا مساء في الساعة 8',
  thai: 'สวัสดี เจอกันพรุ่งนี้ตอนเย็น',
  hindi: 'नमस्ते! कल शाम को मिलते हैं',
  chinese: '你好！明天晚上八点见，请把照片带来。',
  traditional: '你好！明天晚上見，請把照片帶來。',
  japanese: 'こんにちは！明日の夜、八時に駅で会いましょう。',
  korean: '안녕! 내일 저녁 여덟 시에 만나요. 사진도 가져와요!',
  emoji: 'Happy birthday! 🎂🎉 👨\u200d👩\u200d👧 ❤\ufe0f',
};

/** The charsets that older handsets write: MIBenum, iconv's name, languages. */
const CHARSETS: readonly (readonly [number, string, readonly string[]])[] = [
  [4, 'ISO-8859-1', ['german', 'spanish']],
  [5, 'ISO-8859-2', ['polish', 'czech']],
  [8, 'ISO-8859-5', ['russian']],
  [9, 'ISO-8859-6', ['arabic']],
  [10, 'ISO-8859-7', ['greek']],
  [11, 'ISO-8859-8', ['hebrew']],
  [12, 'ISO-8859-9', ['turkish']],
  [17, 'SHIFT_JIS', ['japanese']],
  [18, 'EUC-JP', ['japanese']],
  [38, 'EUC-KR', ['korean']],
  [39, 'ISO-2022-JP', ['japanese']],
  [113, 'GBK', ['chinese', 'traditional']],
  [1000, 'UTF-16BE', Object.keys(GREETINGS)],
  [1013, 'UTF-16BE', ['chinese', 'thai']],
  [1014, 'UTF-16LE', ['hindi', 'german']],
  [1015, 'UTF-16', Object.keys(GREETINGS)],
  [2025, 'GB2312', ['chinese']],
  [2026, 'BIG5', ['traditional']],
  [2084, 'KOI8-R', ['russian']],
  [2109, 'CP874', ['thai']],
  [2250, 'CP1250', ['polish', 'czech']],
  [2251, 'CP1251', ['russian']],
  [2252, 'CP1252', ['english', 'french', 'spanish']],
  [2255, 'CP1255', ['hebrew']],
  [2256, 'CP1256', ['arabic']],
];

/** The texts, and the charsets that this machine cannot write. */
export function madeTexts(): Harvest {
  const missing: string[] = [];
  const files: Gathered[] = [...Object.entries(GREETINGS), ...ORDINARY_TEXTS].map(([, text], at) => ({
    name: `text_${at}.txt`,
    bytes: Buffer.from(text),
    charset: 106,
  }));
  for (const [charset, name, languages] of CHARSETS) {
    for (const language of languages) {
      const { status, stdout } = spawnSync('iconv', ['-f', 'UTF-8', '-t', name], {
        input: GREETINGS[language],
      });
      if (status === 0) files.push({ name: `${language}.txt`, bytes: stdout, charset });
      else missing.push(`a text in ${name}: iconv does not write it`);
    }
  }
  return { files: [...files, ...UNLABELLED_TEXTS], missing };
}

/** Texts whose charset nobody names, as some handsets send them. */
const UNLABELLED_TEXTS: readonly Gathered[] = Object.entries(GREETINGS).map(([language, text]) => ({
  name: `${language}.txt`,
  bytes: Buffer.from(text),
}));

const layout = (size: string, regions: string): string =>
  `<head><layout><root-layout ${size}/>${regions}</layout></head>`;

const BOTH = `<region id="Image" top="0" left="0" height="80%" width="100%" fit="meet"/>
<region id="Text" top="80%" left="0" height="20%" width="100%" fit="scroll"/>`;

const slide = (media: string, duration = '5000ms'): string => `<par dur="${duration}">${media}</par>`;
const PHOTO = '<img src="cid:IMG_1.jpg" region="Image"/>';
const NOTE = '<text src="text_0.txt" region="Text"/>';

/** Heads and bodies as stock programs of different phones write them. */
const PRESENTATIONS: readonly string[] = [
  // Android's own program, and what is made of it
  `<smil>${layout('width="320px" height="480px"', BOTH)}<body>${slide(PHOTO + NOTE)}</body></smil>`,
  `<smil>${layout('', '')}<body>${slide('<text src="text_0.txt" region="Text"/>', '8000ms')}</body></smil>`,
  `<smil>${layout('width="100%" height="100%"', BOTH)}<body>${slide('<video src="VID_1.3gp" region="Image" />', '11000ms')}</body></smil>`,
  `<smil>${layout('', BOTH)}<body>${slide('<ref src="contact.vcf" />')}${slide('<audio src="voice.amr" dur="3000ms" />')}</body></smil>`,
  // with XML's first line, a namespace, a title
  `<?xml version="1.0" encoding="UTF-8"?><smil xmlns="http://www.w3.org/2001/SMIL20/Language">${layout('width="240" height="320"', BOTH)}<body>${slide(PHOTO + NOTE)}</body></smil>`,
  `<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd"><smil>${layout('width="176" height="208"', BOTH)}<body>${slide(PHOTO)}</body></smil>`,
  `<smil><head><meta name="title" content="Holiday"/><meta name="author" content="Me"/><layout><root-layout width="128" height="128" background-color="#FFFFFF"/>${BOTH}</layout></head><body>${slide(PHOTO + NOTE)}</body></smil>`,
  // fonts, colours, transitions
  `<smil>${layout('width="160" height="120"', BOTH)}<body>${slide('<text src="cid:0.txt" region="Text"><param name="foreground-color" value="#000000"/><param name="textsize" value="small"/></text>')}</body></smil>`,
  `<smil xmlns="http://www.w3.org/2000/SMIL20/CR/Language"><head><layout><root-layout width="320" height="240"/>${BOTH}</layout><transition id="t1" type="barWipe" dur="1s"/></head><body>${slide('<img src="a.jpg" region="Image" transIn="t1"/>')}</body></smil>`,
  // no head at all, and many slides
  `<smil><body>${slide('<img src="1.gif"/>')}</body></smil>`,
  `<smil>${layout('width="240" height="160"', BOTH)}<body>${Array.from({ length: 12 }, (_, at) => slide(`<img src="${at}.jpg" region="Image"/><text src="${at}.txt" region="Text"/>`)).join('\n')}</body></smil>`,
  `<smil>${layout('width="240" height="160"', BOTH)}<body><seq>${slide(PHOTO)}${slide(NOTE)}</seq></body></smil>`,
];

/** Presentations, each also with a byte order mark and with Windows' line ends. */
export function madePresentations(): readonly Gathered[] {
  return PRESENTATIONS.flatMap((presentation, at) => [
    { name: `${at}.smil`, bytes: Buffer.from(presentation) },
    { name: `bom${at}.smil`, bytes: Buffer.from(`\ufeff${presentation}`) },
    { name: `crlf${at}.smil`, bytes: Buffer.from(presentation.replaceAll('><', '>\r\n<')) },
  ]);
}
