import { describe, expect, it } from 'vitest';
import { isCovering, isInvisible, regionOf, type SmilRegion } from '../../src/inspection/smil-regions.ts';
import { markupTokens } from '../../src/inspection/xml-tokens.ts';

/** A region from its attributes as they are written. */
function region(attributes: string): SmilRegion {
  const [token] = [...markupTokens(`<region ${attributes}/>`, 'xml')];
  return regionOf(token?.kind === 'start' ? token.attributes : []);
}

const ROOT = region('width="160" height="120px"');

describe('a region', () => {
  it('is read from its attributes', () => {
    expect(region('id="Image" left=" 10px " top="-5%" width="1.5" height="auto" z-index="3"')).toEqual({
      id: 'Image',
      left: { value: 10, unit: 'px' },
      top: { value: -5, unit: '%' },
      width: { value: 1.5, unit: 'px' },
      height: undefined,
      zIndex: 3,
    });
  });

  it('has no place where nothing is said of it', () => {
    const nowhere = { left: undefined, top: undefined, width: undefined, height: undefined };
    expect(region('z-index="top"')).toEqual({ id: '', ...nowhere, zIndex: 0 });
  });

  it.each([
    'width="0"',
    'height="0%"',
    'left="160"',
    'top="100%"',
    'left="-10" width="10"',
    'top="-50%" height="50%"',
  ])('is invisible with %s', (attributes) => {
    expect(isInvisible(region(attributes), ROOT)).toBe(true);
  });

  it.each([
    '',
    'width="1"',
    'left="159"',
    'top="99%"',
    'left="-10" width="11"',
    'width="500" height="500"',
    'left="-5"',
  ])('is visible with %j', (attributes) => {
    expect(isInvisible(region(attributes), ROOT)).toBe(false);
  });

  it('in pixels is judged only where the pixels of the root are known', () => {
    expect(isInvisible(region('left="1000"'), region(''))).toBe(false);
    expect(isInvisible(region('left="1000"'), region('width="100%"'))).toBe(false);
    expect(isInvisible(region('width="0"'), region(''))).toBe(true);
  });
});

describe('a region above another', () => {
  const low = region('left="10%" top="10%" width="50%" height="50%"');

  it.each([
    ['covers it', 'z-index="1"', true],
    ['covers it exactly', 'left="10%" top="10%" width="50%" height="50%" z-index="1"', true],
    ['leaves a strip of it', 'left="11%" z-index="1"', false],
    ['leaves its foot', 'height="59%" z-index="1"', false],
    ['is not above', '', false],
  ])('%s', (_, attributes, expected) => {
    expect(isCovering(region(attributes), low, ROOT)).toBe(expected);
  });
});
