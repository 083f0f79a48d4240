import { beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';
import { inputOf } from '../support/outcomes.ts';
import { besideAllowList, isRefusedSeverity, outcomeCodes } from './outcome-codes.ts';
import { loadProduct, type Product } from './product-scanner.ts';
import { ARCHIVE_THREATS } from './threats-archives.ts';
import { DOCUMENT_THREATS } from './threats-documents.ts';
import { IMAGE_THREATS } from './threats-images.ts';
import { ISOBMFF_THREATS } from './threats-isobmff.ts';
import { PROGRAM_THREATS } from './threats-programs.ts';
import { PROTOCOL_THREATS } from './threats-protocol.ts';
import { TEXT_THREATS } from './threats-texts.ts';

/** Every known threat, by its row in the summary that the default rules were made from. */
const ROWS = [
  ...ISOBMFF_THREATS,
  ...IMAGE_THREATS,
  ...PROGRAM_THREATS,
  ...ARCHIVE_THREATS,
  ...DOCUMENT_THREATS,
  ...TEXT_THREATS,
  ...PROTOCOL_THREATS,
];

let product: Product;
beforeAll(async () => {
  product = await loadProduct();
});

describe.each(ROWS)('$title', ({ threats, lookAlikes }) => {
  it.each(threats)('is caught: $name', async ({ subject, caughtBy, isRefused }) => {
    const outcome = await product.scan(subject);
    expect(outcomeCodes(outcome)).toEqual(expect.arrayContaining([...caughtBy]));
    const isOfAllowList = caughtBy.some((code) => code.startsWith('media-type-'));
    const judged = isOfAllowList ? outcome : besideAllowList(outcome);
    expect(decide(inputOf(judged), DEFAULT_POLICY).action).toBe(isRefused ? 'refuse' : 'forward');
  });

  it.each(lookAlikes)('is not taken for: $name', async ({ subject }) => {
    const outcome = besideAllowList(await product.scan(subject));
    expect(outcomeCodes(outcome, isRefusedSeverity)).toEqual([]);
    expect(outcome.kind).toBe('inspected');
  });
});

describe('the table of threats', () => {
  it('has a threat for every default rule, and look-alikes for every threat', () => {
    const caught = new Set(ROWS.flatMap(({ threats }) => threats.flatMap(({ caughtBy }) => caughtBy)));
    expect(product.rules.filter((rule) => !caught.has(rule))).toEqual([]);
    expect(ROWS.filter(({ lookAlikes }) => lookAlikes.length === 0)).toEqual([]);
  });
});
