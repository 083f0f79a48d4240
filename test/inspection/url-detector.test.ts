import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { URL_FINDINGS, urlDetector, URLS_MAX } from '../../src/inspection/url-detector.ts';
import { urlLists } from '../../src/inspection/url-lists.ts';
import { ORDINARY_TEXTS, textCodes, textDetections } from '../support/text-sample.ts';

type Code = keyof typeof URL_FINDINGS;

const lists = urlLists(['evil.example', 'good.example/bad'], {
  shorteners: ['short.example'],
  brands: { mybank: ['mybank.example'] },
});
const codes = (text: string | Uint8Array) => textCodes(urlDetector, text, { urlLists: lists });
const evidence = (text: string) => textDetections(urlDetector, text).map((detection) => detection.evidence);

const POSITIVES: Readonly<Record<Exclude<Code, 'url-flood'>, readonly string[]>> = {
  'url-listed': [
    'https://evil.example/',
    'http://www.EVIL.example/a',
    'evil.example',
    'see evil.example.',
    'http://good.example/bad',
    'good.example/bad',
    'http://evil.ex\u200Bample/',
  ],
  'url-ip-address': [
    'http://192.0.2.1/a',
    'http://0xC0000201',
    'http://3221225985/',
    'http://0300.0.2.1',
    'http://[2001:db8::1]/',
    'rtsp://192.0.2.1/',
    '192.0.2.1/login',
  ],
  'url-private-address': [
    'http://10.0.0.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://localhost:8080/',
  ],
  'url-userinfo': [
    'https://bank.example@192.0.2.1/',
    'http://bank.example:pw@evil.test/',
    'ftp://joe@a.test',
  ],
  'url-punycode': ['https://münchen.de', 'http://xn--mnchen-3ya.de/', 'пример.рф', 'https://例え.jp/'],
  'url-mixed-script': [
    'http://аpple.com/',
    'http://xn--pple-43d.com/',
    'gооgle.com',
    'http://login.gοogle.com',
  ],
  'url-whole-script': ['http://аррӏе.com/', 'http://xn--80ak6aa92e.com/', 'сосо.com'],
  'url-hidden-character': [
    'http://exam\u200Bple.com/',
    'http://exam\u00ADple.com/',
    'http://example.com/a\u2060b',
    'http://exam\u200Dple.com/',
    'exam\uFEFFple.com',
  ],
  'url-bidi-control': [
    'http://example.com/\u202Egpj.apk',
    'example\u2066.com',
    '\u202Emoc.elpmaxe http://a.example',
  ],
  'url-shortener': ['https://bit.ly/abc', 'bit.ly/abc', 'http://short.example/1'],
  'url-installer': [
    'https://example.com/app.apk',
    'http://example.com/a.IPA?x=1',
    'http://example.com/a.mobile%63onfig#x',
    'example.com/dl/a.jad',
    'http://example.com/a.sis/',
  ],
  'url-app-install': ['itms-services://?action=download-manifest&url=https://example.com/m.plist'],
  'url-intent': [
    'intent://scan/#Intent;scheme=zxing;end',
    'intent:#Intent;action=x;end',
    'intent:%23Intent;end',
  ],
  'url-script': ['javascript:alert(1)', 'VBScript:x', 'data:text/html,<b>', 'data:text/html;base64,PGI+'],
  'url-dial-code': ['tel:*%23*%23', 'tel:*2767*3855%23', 'tel:*#06#', 'tel://*100#'],
  'url-brand-word': ['http://mybank.login.test/', 'mybank-login.com', 'https://securemybanklogin.com'],
  'url-brand-look-alike': ['http://mybamk.com/', 'https://rnybank.com', 'http://mуbank.com'],
};

describe('the URL detector', () => {
  describe.each(Object.entries(POSITIVES) as [Code, readonly string[]][])('reports %s', (code, texts) => {
    it.each(texts)('of %j', (text) => {
      expect(codes(text)).toContain(code);
      expect(codes(`First line.\nLook: ${text} now`)).toContain(code);
    });
  });

  it.each<[Code, string]>([
    ['url-listed', 'http://notevil.example/ evil.example.com good.example/bad2 good.example'],
    ['url-ip-address', 'http://192.0.2.1.example.com/ http://example.com/192.0.2.1 v1.2.3.4'],
    ['url-private-address', 'http://11.0.0.1/ http://localhost.example.com/'],
    ['url-userinfo', 'https://example.com/@joe joe@example.com https://example.com?a@b'],
    ['url-punycode', 'https://example.com/münchen Привет.Как'],
    ['url-mixed-script', 'http://пример.example.com/ https://example.com/аpple SMS-сообщение.Пока'],
    ['url-whole-script', 'http://аррӏе.рф/ http://москва.com/'],
    ['url-hidden-character', 'http://example.com\u200B and\u200B https://fa.wikipedia.org/wiki/می‌خواهم'],
    ['url-bidi-control', '\u202D+49 30\u202C http://example.com \u2068example.com\u2069 \u200Fa.com'],
    ['url-shortener', 'https://notbit.ly/ https://bit.ly.example.com'],
    [
      'url-installer',
      'https://example.com/apk https://example.com/a.apk.html https://a.com/?f=x.apk app.apk',
    ],
    ['url-app-install', 'itms-services: and itms-apps://apps.example'],
    ['url-intent', 'intent:good intent:x#y'],
    ['url-script', 'JavaScript: yes data:image/png;base64,AA== data:text/plain,hello'],
    ['url-dial-code', 'tel:+4930123456 tel:%2B49 tel:110 *100# tel:*1 hotel:*1#'],
    ['url-brand-word', 'https://www.mybank.example/ https://example.com/mybank'],
    ['url-brand-look-alike', 'https://mybank.example/ https://mybanking-and-more.com'],
  ])('does not report %s of %j', (code, text) => {
    expect(codes(text)).not.toContain(code);
  });

  it.each(ORDINARY_TEXTS)('says nothing of %s', (_, text) => {
    expect(textCodes(urlDetector, text)).toEqual([]);
  });

  it.each([
    'https://münchen.de',
    'http://xn--e1afmkfd.xn--p1ai/',
    'пример.рф',
    'https://παράδειγμα.ελ',
    'https://中国.中国',
  ])('says of %s, an honest name, only that it has other letters', (text) => {
    expect(codes(text)).toEqual(['url-punycode']);
  });

  it.each<[string, object]>([
    ['http://0x7f.1/', { scheme: 'http', host_kind: 'ipv4-hex' }],
    ['https://secret.bit.ly/token', { scheme: 'https', host_kind: 'name' }],
    ['bit.ly/abc', { scheme: 'none', host_kind: 'name' }],
    ['tel:*21*123%23', { scheme: 'tel' }],
  ])('tells of %s the kind, and nothing of the text', (text, kind) => {
    expect(evidence(text)[0]).toEqual(kind);
  });

  it('reports an address that stands in two readings, or twice in one, once', () => {
    const octets = Buffer.from('Grüße http://192.0.2.1/ http://192.0.2.1/', 'latin1');
    expect(textDetections(urlDetector, octets).map(({ code }) => code)).toEqual(['url-ip-address']);
  });

  it('looks at every reading', () => {
    expect(codes(Buffer.from('\uFEFFhttp://evil.example/', 'utf16le'))).toContain('url-listed');
  });

  it('looks at as many different addresses as it may, and says when there are more', () => {
    const text = Array.from({ length: URLS_MAX }, (_, at) => `http://h${at}.test`).join(' ');
    expect(codes(text)).toEqual([]);
    expect(codes(`${text} http://h0.test`)).toEqual([]);
    expect(codes(`${text} http://more.test`)).toEqual(['url-flood']);
    expect(URL_FINDINGS['url-flood'].gap).toBe('over-limit');
  });

  it('never throws', () => {
    const samples = Object.values(POSITIVES).flat();
    const damage = fc.tuple(
      fc.constantFrom(...samples),
      fc.nat(80),
      fc.nat(5),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(damage, ([sample, at, length, inserted]) => {
        codes(sample.slice(0, at) + inserted + sample.slice(at + length));
      }),
    );
    for (const sample of samples) {
      for (let length = 0; length <= sample.length; length += 1) codes(sample.slice(0, length));
    }
  });
});
