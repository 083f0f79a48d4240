/** Texts that lure people (threats, 7). */
import { ORDINARY_TEXTS } from '../support/text-sample.ts';
import { lookAlikesOf, positivesOf } from './rule-samples.ts';
import { blocked, harmless, noted, part, type Subject, type Threat, type ThreatRow } from './threat.ts';

const text = (words: string): Subject => part(words, { type: 'text/plain' });
const says = (words: string, ...caughtBy: readonly string[]): Threat =>
  noted(words, text(words), ...caughtBy);

const IP = ['url-ip-address', 'SUSP_MMS_URL_IP_Literal'];

/** What an operator has configured. */
const LISTED: Subject['settings'] = {
  urls: { blocked: ['evil.example'], shorteners: [], brands: { mybank: ['mybank.example'] } },
};
const listed = (words: string): Subject => ({ ...text(words), settings: LISTED });

/** Text in UTF-16, as handsets write it. */
const wide = (words: string): Subject => part(Buffer.from(`\ufeff${words}`, 'utf16le'), 'text/plain');

const RULES = [
  ['SUSP_MMS_URL_IP_Literal', 'url-ip-address'],
  ['SUSP_MMS_URL_Private_Address', 'url-private-address'],
  ['SUSP_MMS_URL_Userinfo', 'url-userinfo'],
  ['SUSP_MMS_URL_Punycode', 'url-punycode'],
  ['SUSP_MMS_Text_Bidi_Or_ZeroWidth_In_URL', undefined],
  ['INFO_MMS_URL_Shortener', 'url-shortener'],
  ['SUSP_MMS_URL_Direct_App_Download', undefined],
  ['SUSP_MMS_URL_Dangerous_Scheme', undefined],
  ['SUSP_MMS_URL_USSD_Tel', 'url-dial-code'],
] as const;

/** The row of section 7. */
export const TEXT_THREATS: readonly ThreatRow[] = [
  {
    title: 'URLs',
    threats: [
      ...RULES.flatMap(([rule, code]) =>
        positivesOf(rule, 'text/plain', noted, ...(code === undefined ? [] : [code])),
      ),
      ...[
        'http://93.184.216.34/',
        'http://0x5db8d822/',
        'http://1572395042/',
        'http://0135.0270.0330.042/',
        'http://[2001:db8::1]/',
      ].map((url) => says(url, ...IP)),
      ...['http://192.168.0.1/', 'http://127.0.0.1/', 'http://[::1]/'].map((url) =>
        says(url, 'url-private-address', 'SUSP_MMS_URL_Private_Address'),
      ),
      noted('an address in UTF-16', wide('http://93.184.216.34/'), ...IP),
      says('https://bank@evil.example/', 'url-userinfo', 'SUSP_MMS_URL_Userinfo'),
      says('https://xn--pple-43d.com/', 'url-punycode', 'SUSP_MMS_URL_Punycode'),
      says('https://p\u0430ypal.com/', 'url-mixed-script'),
      says('https://\u0430\u0440\u0440\u04cf\u0435.com/', 'url-whole-script'),
      says('https://exa\u200bmple.com/', 'url-hidden-character', 'SUSP_MMS_Text_Bidi_Or_ZeroWidth_In_URL'),
      says('https://exam\u00adple.com/', 'url-hidden-character', 'SUSP_MMS_Text_Bidi_Or_ZeroWidth_In_URL'),
      says('https://exam\u202eple.com/', 'url-bidi-control', 'SUSP_MMS_Text_Bidi_Or_ZeroWidth_In_URL'),
      says('https://bit.ly/3abc', 'url-shortener', 'INFO_MMS_URL_Shortener'),
      ...['apk', 'ipa', 'mobileconfig', 'jad', 'sis'].map((extension) =>
        says(`https://a.test/b.${extension}`, 'url-installer', 'SUSP_MMS_URL_Direct_App_Download'),
      ),
      says(
        'itms-services://?action=download-manifest&url=https://a.test',
        'url-app-install',
        'SUSP_MMS_URL_Direct_App_Download',
      ),
      says('intent://scan/#Intent;scheme=zxing;end', 'url-intent', 'SUSP_MMS_URL_Dangerous_Scheme'),
      ...['javascript:alert(1)', 'vbscript:x=1', 'data:text/html,<b>a</b>'].map((url) =>
        says(url, 'url-script', 'SUSP_MMS_URL_Dangerous_Scheme'),
      ),
      says('tel:*2767*3855%23', 'url-dial-code', 'SUSP_MMS_URL_USSD_Tel'),
      noted('the word of a brand elsewhere', listed('https://mybank-login.test/'), 'url-brand-word'),
      noted('a look-alike of a brand', listed('https://mybnak.test/'), 'url-brand-look-alike'),
      blocked('a domain on the list of the operator', listed('see www.evil.example/a'), 'url-listed'),
    ],
    lookAlikes: [
      ...RULES.flatMap(([rule]) => lookAlikesOf(rule, 'text/plain')),
      ...ORDINARY_TEXTS.map(([name, words]) => harmless(name, text(words))),
      harmless('a version', text('v1.2.3.4 is out')),
      harmless('a time', text('12:34 http')),
      harmless('the brand itself', listed('https://www.mybank.example/')),
    ],
  },
];
