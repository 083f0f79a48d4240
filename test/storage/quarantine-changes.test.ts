import { describe, expect, it } from 'vitest';
import { Keyring } from '../../src/storage/keyring.ts';
import { holdStatements, TERMS_MAX, WHY_MAX } from '../../src/storage/quarantine-changes.ts';
import { HELD_AT_MS, newRecord } from '../support/held-records.ts';
import { scratchDatabase } from '../support/sql-databases.ts';
import { quarantineIn, TEST_KEY, testPseudonymOf } from '../support/sql-quarantine.ts';

const PARTS = {
  dialect: 'sqlite',
  limits: { recordsMax: 1, bytesMax: 1 },
  keyring: new Keyring([TEST_KEY]),
  pseudonymOf: testPseudonymOf,
} as const;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1202${1_000_000 + index}`);

describe('the statements that hold a record', () => {
  it.each([
    [1, 2],
    [TERMS_MAX - 1, TERMS_MAX],
    [TERMS_MAX, TERMS_MAX],
  ])('of %d recipients write %d terms, the sender among them', (recipients, terms) => {
    const envelope = { sender: '+12025550111', from: undefined, recipients: numbers(recipients) };
    const written = holdStatements(newRecord({ envelope }), PARTS)
      .filter(({ sql }) => sql.includes('INTO quarantine_terms'))
      .map(({ values }) => values[0]);
    expect(written).toHaveLength(terms);
    expect(written[0]).toBe(`number:${testPseudonymOf('+12025550111')}`);
  });

  it('write a term once, however often it is there', () => {
    const envelope = { sender: '+1', from: undefined, recipients: ['+1', '1/TYPE=PLMN', '+1'] };
    const terms = holdStatements(newRecord({ envelope }), PARTS).filter(({ sql }) =>
      sql.includes('quarantine_terms'),
    );
    expect(terms).toHaveLength(1);
  });

  it('lock the totals before they look at anything', () => {
    expect(holdStatements(newRecord(), PARTS)[0]?.sql).toMatch(/^UPDATE quarantine_totals/);
  });
});

it.each([
  [WHY_MAX, WHY_MAX],
  [WHY_MAX + 1, WHY_MAX],
])('of a reason of %d characters %d are kept', async (given, kept) => {
  const store = quarantineIn(await scratchDatabase('sqlite'));
  const record = newRecord();
  await store.hold(record);
  await store.end(record.id, 'deleted', { atMs: HELD_AT_MS, by: 'ann', why: 'y'.repeat(given) });
  expect(await store.get(record.id)).toMatchObject({ value: { ended: { why: 'y'.repeat(kept) } } });
});
