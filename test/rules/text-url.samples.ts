import { utf8 } from './bytes.ts';
import type { FamilySamples, Positive, Sample } from './sample.ts';

const text = (words: string): Sample => ({ name: words, bytes: utf8(words) });

/** A text, and the same text with less in it. */
const saying = (words: string, flip: string, also: readonly string[] = []): Positive => ({
  ...text(words),
  also,
  flips: [text(flip)],
});

const IP = ['SUSP_MMS_URL_IP_Literal'];

/** What people write every day, and what rules must leave alone. */
const ORDINARY: readonly Sample[] = [
  'See you at 12:34 http and bring the v1.2.3.4 disc',
  'Look: https://www.example.com/path?q=1#top, nice!',
  'Call +44 20 7946 0000 or 555-1234#2',
  'https://medium.com/@someone/a-story and me@example.com',
  'https://example.com/?mail=a@b.example',
].map(text);

export const samples: FamilySamples = {
  SUSP_MMS_URL_IP_Literal: {
    positives: [
      saying('go to http://93.184.216.34/a', 'go to http://93.184.216.x/a'),
      saying('go to HTTP://93.184.216.34', 'go to http://93.184.216.34.example'),
      saying('go to https://93.184.216.34:8443.', 'go to https://93.184.216.34-8443.'),
      saying('go to http://93.184.216.34. Now', 'go to http://93.184.216.34.now'),
      saying('http://0x5db8d822/', 'http://0x5db8d82g/'),
      saying('http://0x5d.0xb8.0xd8.0x22/', 'http://0x5d.0xb8.0xd8.0xzz/'),
      saying('http://1572395042/', 'http://1572395042.example/'),
      saying('http://0135.0270.0330.042/', 'http://0135.0270.0330.xyz/'),
      saying('http://[2001:db8::1]/', 'http://2001-db8.example/'),
    ],
    lookAlikes: [
      ...ORDINARY,
      text('http://1.2.3.4.example.com/'),
      text('https://360.example.com and http://123456789a.example'),
    ],
  },
  SUSP_MMS_URL_Private_Address: {
    positives: [
      saying('http://192.168.0.1/admin', 'http://192.169.0.1/admin', IP),
      saying('http://10.0.0.138', 'http://11.0.0.138', IP),
      saying('http://172.16.9.9/', 'http://172.32.9.9/', IP),
      saying('http://127.0.0.1:8080/', 'http://128.0.0.1:8080/', IP),
      saying('http://169.254.169.254/latest', 'http://169.253.169.254/latest', IP),
      saying('http://localhost/a', 'http://localhosts.example/a'),
      saying('http://[::1]/', 'http://[2001:db8::1]/', IP),
      saying('http://[fe80::1]/', 'http://[2fe8::1]/', IP),
    ],
    lookAlikes: [
      ...ORDINARY,
      text('http://10.example.com/ and http://192.168.example.com/'),
      text('https://localhost.example.com and https://172.16.0.1.example.com'),
    ],
  },
  SUSP_MMS_URL_Userinfo: {
    positives: [
      saying('https://www.bank.example@evil.example/', 'https://www.bank.example/@evil.example/'),
      saying('http://user:word@evil.example', 'http://user:word evil.example'),
      saying('http://bank.example@93.184.216.34/', 'http://bank.example?@93.184.216.34/'),
    ],
    lookAlikes: ORDINARY,
  },
  SUSP_MMS_URL_Punycode: {
    positives: [
      saying('https://xn--pple-43d.com/', 'https://xn-pple-43d.com/'),
      saying('https://www.XN--80ak6aa92e.com', 'https://www.x.80ak6aa92e.com'),
    ],
    lookAlikes: [...ORDINARY, text('https://example.com/xn--path'), text('https://axn--b.example/')],
  },
  SUSP_MMS_Text_Bidi_Or_ZeroWidth_In_URL: {
    positives: [
      ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u2067'].map((hidden) => ({
        name: `U+${hidden.charCodeAt(0).toString(16)} inside a host`,
        bytes: utf8(`https://exa${hidden}mple.com/`),
        flips: [text('https://example.com/')],
      })),
      saying('www.exa\u200bmple.com', 'www.exa mple.com'),
      saying('see photo\u202egpj.apk now', 'see photogpj.apk now'),
      saying('see photo_\u202egpj.exe now', 'see photo_\u202agpj.exe now'),
    ],
    lookAlikes: [
      ...ORDINARY,
      text(
        'family \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 https://example.com/ \ud83d\udc68\u200d\ud83d\udc69',
      ),
      text('\u202ahttps://example.com/\u202c and \u2066+972 50 000 0000\u2069'),
      text('\u05e9\u05dc\u05d5\u05dd\u200f https://example.com \u200e'),
      text('a\u200bword, then https://example.com/'),
    ],
  },
  INFO_MMS_URL_Shortener: {
    positives: [
      saying('https://bit.ly/3abc', 'https://bit.ly'),
      saying('www.tinyurl.com/abc', 'tinyurl is a service'),
      saying('HTTP://T.CO/abc', 'http://ct.co/abc'),
    ],
    lookAlikes: [
      ...ORDINARY,
      text('https://rabbit.ly/abc https://bit.ly.example/abc'),
      text('https://reddit.com/abc'),
    ],
  },
  SUSP_MMS_URL_Direct_App_Download: {
    positives: [
      ...['apk', 'xapk', 'apks', 'ipa', 'mobileconfig', 'jad', 'sis', 'sisx', 'APK'].map((extension) =>
        saying(`https://example.com/a.${extension}`, `https://example.com/a-${extension}`),
      ),
      saying('get https://example.com/a.apk?x=1 now', 'get https://example.com/?x=a.apk.html now'),
      saying('(https://example.com/a.apk).', '(https://example.com/a.apkx).'),
      saying('itms-services://?action=download-manifest&url=a', 'itms-services://?action=upload'),
    ],
    lookAlikes: [
      ...ORDINARY,
      text('https://play.google.com/store/apps/details?id=com.example.apk.reader'),
      text('https://example.com/sister.sister https://jade.example/a.jade'),
      text('send me the app.apk file'),
    ],
  },
  SUSP_MMS_URL_Dangerous_Scheme: {
    positives: [
      saying('intent://scan/#Intent;scheme=zxing;end', 'intent://scan/#intended'),
      saying('javascript:alert(1)', 'javascript:alert'),
      saying('vbscript:x=1', 'vbscript: x'),
      saying('data:text/html,<b>a</b>', 'data:text/plain,a'),
    ],
    lookAlikes: [
      ...ORDINARY,
      text('I learn javascript: it is fun (really)'),
      text('The intent: to be good. metadata:text/html, what is that?'),
    ],
  },
  SUSP_MMS_URL_USSD_Tel: {
    positives: [
      saying('tel:*#06#', 'tel:06'),
      saying('<a href="tel:*2767*3855%23">', '<a href="tel:27673855">'),
      saying('TEL://%2a%2306%23', 'tel://06'),
      saying('tel:##002#', 'tel:002'),
    ],
    lookAlikes: [...ORDINARY, text('tel:+442079460000'), text('tel:5551234,2 or tel: 12 ext #4')],
  },
};
