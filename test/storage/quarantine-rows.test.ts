import { describe, expect, it } from 'vitest';
import { Keyring } from '../../src/storage/keyring.ts';
import {
  bodyKeyOf,
  contentHashOf,
  fullRecordOf,
  sealedBody,
  sealedDetails,
  shownText,
  summaryOf,
  urlKeyOf,
} from '../../src/storage/quarantine-rows.ts';
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import type { SqlRow } from '../../src/storage/sql-database.ts';
import { newRecord } from '../support/held-records.ts';
import { NEXT_KEY, TEST_KEY, testPseudonymOf } from '../support/sql-quarantine.ts';

const keyring = new Keyring([TEST_KEY]);

function rowOf(record: NewRecord, changes: SqlRow = {}): SqlRow {
  const hash = contentHashOf(record.body);
  return {
    id: record.id,
    at_ms: record.atMs,
    expires_at_ms: record.expiresAtMs,
    state: 'held',
    direction: record.direction,
    severity: record.severity,
    content_hash: hash,
    body_bytes: record.body.length,
    shown: shownText(record, testPseudonymOf),
    sealed: sealedDetails(record, hash, keyring),
    body: sealedBody(record.body, hash, keyring),
    ended_at_ms: null,
    ended_by: null,
    ended_why: null,
    ...changes,
  };
}

describe('a record as a row', () => {
  it('comes back as it was, with pseudonyms beside its numbers', () => {
    const record = newRecord({ gaps: [{ reason: 'timeout', code: 'timeout', part: 1, offset: 2 }] });
    const { envelope, body } = record;
    expect(fullRecordOf(rowOf(record), keyring)).toEqual({
      ...record,
      body: Buffer.from(body),
      state: 'held',
      bodyBytes: body.length,
      contentHash: contentHashOf(body),
      sender: testPseudonymOf(envelope.sender ?? ''),
      recipients: envelope.recipients.map(testPseudonymOf),
      ended: undefined,
      approvals: [],
    });
  });

  it('says what it does not know, instead of leaving it out', () => {
    const unknown = {
      pduType: undefined,
      contentType: undefined,
      envelope: { sender: undefined, from: undefined, recipients: [] },
    };
    const found = fullRecordOf(rowOf(newRecord(unknown)), keyring);
    expect(found).toHaveProperty('pduType', undefined);
    expect(found).toMatchObject({
      ...unknown,
      sender: undefined,
      report: undefined,
      ruleSetDigest: undefined,
    });
  });

  it('has no body once that was wiped, and says who has ended it', () => {
    const ended = { ended_at_ms: 5, ended_by: 'ann', ended_why: 'harmless' };
    const record = newRecord();
    expect(fullRecordOf(rowOf(record, { body: null, state: 'deleted', ...ended }), keyring)).toMatchObject({
      state: 'deleted',
      body: undefined,
      ended: { atMs: 5, by: 'ann', why: 'harmless' },
    });
  });

  it('shows no number where lists read', () => {
    const { shown } = rowOf(newRecord());
    expect(shown).not.toMatch(/2025550/);
    expect(summaryOf(rowOf(newRecord()))).not.toHaveProperty('envelope');
  });

  it.each([
    ['its body', { body: Buffer.from('x') }],
    ['what is known of it', { sealed: Buffer.from('x') }],
    ['its id', { id: 'another' }],
    ['its hash', { content_hash: contentHashOf(Buffer.from('another')) }],
  ])('is broken when %s was changed', (_, changes) => {
    expect(fullRecordOf(rowOf(newRecord(), changes), keyring)).toMatchObject({
      kind: 'failed',
      code: 'seal-broken',
    });
  });

  it('needs its key', () => {
    expect(fullRecordOf(rowOf(newRecord()), new Keyring([NEXT_KEY]))).toEqual({
      kind: 'failed',
      code: 'key-missing',
      detail: 'sealed with the key k1',
    });
  });
});

describe('what rows are found by', () => {
  it('is for a URL the same in any case of its host, and another one for another path', () => {
    const keys = [
      urlKeyOf('mmsc', '/a'),
      urlKeyOf('MMSC', '/a'),
      urlKeyOf('mmsc', '/A'),
      urlKeyOf('mmsc2', '/a'),
    ];
    expect(new Set(keys).size).toBe(3);
    expect(keys[0]).toBe(keys[1]);
  });

  it('is for a body another one with another key', () => {
    const keys = [keyring, new Keyring([NEXT_KEY, TEST_KEY])].map((ring) => bodyKeyOf('h', ring));
    expect(keys).toEqual(['k1 h', 'k2 h']);
  });
});
