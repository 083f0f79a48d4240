import { describe, expect, it } from 'vitest';
import { linkKind, type LinkKind } from '../../src/inspection/markup-links.ts';

describe('a link', () => {
  it.each<[LinkKind, string]>([
    ['local', ''],
    ['local', 'photo.jpg'],
    ['local', '#top'],
    ['local', './a/b.jpg'],
    ['local', '/tmp/a'],
    ['local', '?a=http://b'],
    ['local', '12:30.jpg'],
    ['local', '%3A20.jpg'],
    ['part', 'cid:photo.jpg'],
    ['part', 'CID:<a@b>'],
    ['network', 'http://example.com/'],
    ['network', ' HTTPS://example.com'],
    ['network', 'rtsp://example.com/a'],
    ['network', '//example.com/a'],
    ['network', '\\\\example.com\\a'],
    ['network', '/\\example.com'],
    ['script', 'javascript:alert(1)'],
    ['script', 'JaVaScRiPt:alert(1)'],
    ['script', ' \u0001\tjava\nscr\ript:alert(1)'],
    ['script', 'java\u200Bscript\u00AD:alert(1)'],
    ['script', 'java%73cript%3Aalert(1)'],
    ['script', 'java%0Ascript:alert(1)'],
    ['script', 'vbscript:msgbox'],
    ['active-data', 'data:text/html,<script>'],
    ['active-data', 'data:image/svg+xml;base64,PHN2Zz4='],
    ['active-data', 'DATA: application/JavaScript ,1'],
    ['data', 'data:image/png;base64,iVBORw0KGgo='],
    ['data', 'data:,html'],
    ['app', 'intent://a#Intent;end'],
    ['app', 'itms-services://?action=download-manifest'],
    ['dial', 'tel:*%2306%23'],
    ['dial', 'smsto:123'],
    ['device', 'file:///sdcard/a'],
    ['device', 'content://sms/inbox'],
    ['other', 'mailto:a@example.com'],
    ['other', 'c:\\photos\\a.jpg'],
  ])('is %s: %j', (kind, link) => {
    expect(linkKind(link)).toBe(kind);
  });
});
