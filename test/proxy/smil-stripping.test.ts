import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markupTokens } from '../../src/inspection/xml-tokens.ts';
import { showNotice } from '../../src/proxy/smil-stripping.ts';
import { smil } from '../support/smil-sample.ts';

const isBad = (source: string): boolean => source === 'cid:bad';
const stripped = (text: string): string => showNotice(text, isBad, 'notice.txt');

describe('showNotice', () => {
  it.each(['img', 'video', 'audio', 'ref', 'animation', 'text', 'textstream'])(
    'shows the notice where <%s> showed a stripped part',
    (element) => {
      expect(stripped(`<${element} src="cid:bad"/>`)).toBe('<text src="notice.txt"/>');
    },
  );

  it.each([
    ['another part', '<img src="cid:good"/>'],
    ['an element that shows nothing', '<param src="cid:bad"/>'],
    ['a link', '<a href="cid:bad">x</a>'],
    ['a comment', '<!-- <img src="cid:bad"/> -->'],
    ['character data', '<![CDATA[<img src="cid:bad"/>]]>'],
    ['a text', '&lt;img src="cid:bad"/&gt;'],
    ['no markup at all', 'cid:bad < > & "'],
    ['nothing', ''],
  ])('leaves %s as it stands', (_, text) => {
    expect(stripped(text)).toBe(text);
  });

  it('sees a reference that is spelled with entities, and one of several attributes', () => {
    expect(stripped('<IMG alt="Win!" src="cid:good" src="cid&#58;bad">')).toBe('<text src="notice.txt">');
  });

  it('keeps when it is shown, and none of the words of the sender', () => {
    const tag =
      '<img id="i1" src="cid:bad" begin="1s" dur="5&quot;s" end="&lt;9s" alt="call me" title="now"/>';
    expect(stripped(tag)).toBe('<text src="notice.txt" id="i1" begin="1s" end="&lt;9s" dur="5&quot;s"/>');
  });

  it.each([
    ['control characters', 'id="&#7;"'],
    ['a prefix', 'xml:id="x"'],
    ['nothing', 'id=""'],
  ])('leaves out an attribute of %s', (_, attribute) => {
    expect(stripped(`<img src="cid:bad" ${attribute}/>`)).toBe('<text src="notice.txt"/>');
  });

  it('ends the element that it has changed, and no other of its name', () => {
    const text = '<par><img src="cid:bad"><img src="cid:good"></img><param name="x"/></img></par><img></img>';
    expect(stripped(text)).toBe(
      '<par><text src="notice.txt"><img src="cid:good"></img><param name="x"/></text></par><img></img>',
    );
  });

  it('completes a tag that is cut off', () => {
    expect(stripped('<par><img src="cid:bad"')).toBe('<par><text src="notice.txt">');
  });

  const slide = (region: string): string => `<par><img src="cid:bad" region="${region}"/></par>`;
  it.each([
    ['the region called Text', slide('Image'), 'Text'],
    [
      'a region of its own where that shows texts',
      `${slide('Image')}<text src="a" region="Image"/>`,
      'Image',
    ],
  ])('shows the notice in %s', (_, body, region) => {
    expect(stripped(smil({ body }))).toContain(`<text src="notice.txt" region="${region}"/>`);
  });

  it.each([
    ['the region of another text', `<text src="a" region="words"/>${slide('pic')}`, 'words'],
    ['its own where there is none for texts', slide('pic'), 'pic'],
  ])('shows the notice in %s of a layout without one called Text', (_, body, region) => {
    const layout = '<region id="pic"/><region id="words"/>';
    expect(stripped(smil({ layout, body }))).toContain(`<text src="notice.txt" region="${region}"/>`);
  });

  it('leaves no reference to a stripped part in any text, and is done when it is run again', () => {
    const piece = fc.constantFrom(
      '<img',
      '<text',
      ' src=',
      '"cid:bad"',
      "'cid:bad'",
      '/',
      '>',
      '</img>',
      '<!--',
      '-->',
      ' a',
      '<',
      '&',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const once = stripped(pieces.join(''));
        const attributes = [...markupTokens(once, 'xml')].flatMap((token) =>
          token.kind === 'start' && ['img', 'text'].includes(token.name) ? token.attributes : [],
        );
        expect(attributes.filter(({ localName, value }) => localName === 'src' && isBad(value))).toEqual([]);
        expect(stripped(once)).toBe(once);
      }),
    );
  });

  it('takes time linear in a presentation of many elements, attributes and regions', () => {
    const many = 20_000;
    const regions = Array.from({ length: many }, (_, at) => `<text region="r${at}"/>`).join('');
    const attributes = ' a="1"'.repeat(many) + ' id="x"'.repeat(many);
    const text = `${regions}<img src="cid:bad"${attributes}>${'<img src="cid:bad">'.repeat(many)}${'</x>'.repeat(many)}`;
    expect(stripped(text)).not.toContain('cid:bad');
  });
});
