/** The top-level domains under which handsets make a link of a bare name. */

/** Generic ones in wide use, and those that deceivers prefer (IANA root zone). */
const GENERIC = new Set(
  `aero app asia bank bar bid biz blog bond buzz cam cash center cfd chat click cloud club com company coop credit
  cyou date delivery dev digital direct download edu email express finance fun fund games global gov group guru help
  host icu info ink int jobs life link live loan lol ltd market media men mil mobi money monster name net network news
  online org page party pay photos plus porn post press pro quest racing rent rest review sale sbs science services
  sex shop site social solutions space store stream study support systems tax team tech tel tips today tokyo tools top
  trade travel trust vip wang web website wiki win work works world xyz zip zone`.split(/\s+/),
);

/** In other scripts (IANA root zone). */
const INTERNATIONAL = new Set(
  `рф рус бел укр срб мкд мон қаз бг ею сайт онлайн орг ком дети москва ελ ευ հայ გე ישראל 中国 中國 香港 台湾 台灣
  公司 网络 网址 网站 在线 新加坡 한국 みんな ไทย भारत مصر السعودية امارات ایران المغرب الجزائر تونس سورية عمان قطر
  فلسطين الاردن پاکستان شبكة موقع`.split(/\s+/),
);

/** True for a label that ends a bare name which handsets link: every two letters may be a country. Case does not matter. */
export function isTopLevel(label: string): boolean {
  const lower = label.toLowerCase();
  return (
    /^[a-z]{2}$/.test(lower) || lower.startsWith('xn--') || GENERIC.has(lower) || INTERNATIONAL.has(lower)
  );
}
