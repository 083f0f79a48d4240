import { describe, expect, it } from 'vitest';
import { visitActiveSigns, type ActiveSign } from '../../src/inspection/markup-active.ts';

function signsIn(text: string): ActiveSign[] {
  const signs = new Set<ActiveSign>();
  visitActiveSigns(text, (sign) => signs.add(sign));
  return [...signs];
}

describe('a document', () => {
  it.each<[ActiveSign, string]>([
    ['script', '<script>1</script>'],
    ['script', '<svg:SCRIPT href="a.js"/>'],
    ['script', '<handler type="application/ecmascript">1</handler>'],
    ['script', `<!DOCTYPE svg [<!-- it's --> ]><script>`],
    ['event-handler', '<body onload=go()>'],
    ['event-handler', '<svg/OnClick="1">'],
    ['event-handler', '<a x="1"onmouseover=1>'],
    ['script-link', '<a href="javascript:1">'],
    ['script-link', '<a xlink:href="&#x6a;ava&Tab;script:1">'],
    ['script-link', '<set attributeName="href" to="javascript:1"/>'],
    ['script-link', '<animate attributeName="href" values="#a;javascript:1;#b"/>'],
    ['script-link', '<form action=" javascript:1">'],
    ['script-link', '<iframe src="data:text/html;base64,PHNjcmlwdD4=">'],
    ['script-link', '<p style="background:url(javascript:1)">'],
    ['app-link', '<a href="intent://a#Intent;end">'],
    ['dial-link', '<a href="tel:+15550100">'],
    ['service-code-link', '<a href="tel:*2767*3855%23">'],
    ['service-code-link', '<frame src="tel:%2A%2306%23">'],
    ['device-link', '<img src="file:///sdcard/a.jpg">'],
    ['embedded-document', '<iframe srcdoc="a">'],
    ['embedded-document', '<object data="a">'],
    ['form', '<form>'],
    ['refresh', '<meta http-equiv=" Refresh" content="0;url=a">'],
    ['foreign-object', '<foreignObject>'],
    ['remote-content', '<img src="http://example.com/a.gif">'],
    ['remote-content', '<img srcset="a.gif 1x, //example.com/a.gif 2x">'],
    ['remote-content', '<image xlink:href="https://example.com/a.png"/>'],
    ['remote-content', '<?xml-stylesheet href="http://example.com/a.css"?><svg/>'],
    ['remote-content', '<style>@import "http://example.com/a.css"</style>'],
    ['remote-content', '<style>@import url( http://example.com/a.css)</style>'],
    ['remote-content', '<style><![CDATA[a{fill:url("http://example.com/a.svg#b")}]]></style>'],
    ['remote-content', '<g style="fill:url(//example.com/a.svg#b)"/>'],
    ['abbreviations', '<!DOCTYPE svg [<!ENTITY a "http://example.com/">]><svg/>'],
    ['external-doctype', '<!DOCTYPE svg SYSTEM "http://example.com/"><svg/>'],
    ['declarations', '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'],
  ])('shows %s: %s', (sign, text) => {
    expect(signsIn(text)).toContain(sign);
  });

  it.each<[string, string]>([
    ['script in the eyes of XML', '<style><a title="</style><script>1</script>">'],
    ['script in the eyes of HTML', '<!--><script>1</script>-->'],
  ])('is read in both dialects: %s', (_, text) => {
    expect(signsIn(text)).toContain('script');
  });

  it.each([
    ['text that speaks of it', 'use &lt;script&gt;, onload="x" or javascript:1'],
    ['a comment', '<!-- <script>1</script> --><p>'],
    ['names that begin like handlers', '<a on="1" only="1" one="x" x:onload="1">'],
    ['a link to a page', '<a href="http://example.com/">'],
    ['a namespace', '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'],
    ['a picture in the document', '<image href="data:image/png;base64,iVBORw0KGgo="/>'],
    ['a fill of the document', '<g fill="url(#a)" style="fill:url(#b)"/>'],
    ['an attribute that is no link', '<p title="javascript: the good parts">'],
    ['another use of http-equiv', '<meta http-equiv="Content-Type" content="text/html">'],
    ['an ordinary document type', '<!DOCTYPE html><html>'],
  ])('shows nothing for %s', (_, text) => {
    expect(signsIn(text)).toEqual([]);
  });

  it('tells where a sign stands', () => {
    const places: number[] = [];
    visitActiveSigns('<svg><script/></svg>', (_, character) => places.push(character));
    expect(places).toEqual([5, 5]);
  });
});
