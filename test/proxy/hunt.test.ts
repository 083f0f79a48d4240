import { describe, expect, it } from 'vitest';
import {
  HUNT_CODES_MAX,
  HUNT_PROBLEMS_MAX,
  hunt,
  type HuntParts,
  type HuntScanner,
} from '../../src/proxy/hunt.ts';
import type { RuleMatch } from '../../src/inspection/rule-match.ts';
import type { NotInspectedReason, ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import type { BodyScanner } from '../../src/scanning/scan-pool.ts';
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import { decisionOf } from '../support/decisions.ts';
import { newRecord } from '../support/held-records.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { policyOf } from '../support/policies.ts';

const ACT = { atMs: 1, by: 'ada', why: 'a new rule' };
const LISTEN = { name: 'main', host: '127.0.0.1', port: 0 };

function matchOf(rule: string): RuleMatch {
  return {
    rule,
    namespace: 'n',
    severity: 'high',
    tags: [],
    metadata: {},
    target: 'part',
    part: 0,
    member: undefined,
    strings: [],
  } as unknown as RuleMatch;
}

function inspected(...rules: readonly string[]): ScanOutcome {
  const pdu = { type: 'm-send-req', headers: {}, recipients: [] } as const;
  const parts = [{ family: 'text', declaredType: 'text/plain', sniffedType: 'text/plain', octets: 5 }];
  const matches = rules.map(matchOf);
  return {
    kind: 'inspected',
    report: { pdu, anomalies: [], findings: [], matches, parts, ruleSetDigest: 'd' },
  };
}

function uninspected(reason: NotInspectedReason): ScanOutcome {
  const gap = { reason, code: reason, part: undefined, offset: undefined };
  return { kind: 'not-inspected', gaps: [gap], report: undefined, isPoison: false };
}

function scannerOf(outcome: ScanOutcome): BodyScanner {
  return { scan: () => Promise.resolve(outcome) };
}

/** What a record was stopped for. */
function stoppedFor(...rules: readonly string[]): Partial<NewRecord> {
  const outcome = inspected(...rules);
  const reasons = rules.map((rule) => ({
    kind: 'rule' as const,
    code: `n:${rule}`,
    severity: 'high' as const,
    part: 0,
    entry: 'severity high',
    action: 'refuse' as const,
    isShadow: false,
  }));
  return {
    decision: decisionOf(rules.length === 0 ? 'forward' : 'refuse', { reasons }),
    report: outcome.kind === 'inspected' ? outcome.report : undefined,
  };
}

async function huntOne(
  was: Partial<NewRecord>,
  now: ScanOutcome,
  { rules, open }: { readonly rules?: string; readonly open?: () => Promise<HuntScanner> } = {},
) {
  const record = newRecord(was);
  const store = await MemoryQuarantine.with(record);
  const opened: string[] = [];
  const parts: HuntParts = {
    store,
    scanner: scannerOf(now),
    settings: { policy: policyOf(), listen: LISTEN },
    openRules: (folder) => {
      opened.push(folder);
      return open?.() ?? Promise.resolve({ ok: false, problems: [] });
    },
  };
  const work = hunt({}, { ...ACT, ...(rules !== undefined && { rules }) }, parts);
  const start = await work.begin('t', new AbortController().signal);
  const page = await store.list({}, { limit: 1 });
  if (page.kind !== 'found') throw new Error(page.kind);
  const summary = page.value.items[0]!;
  return { record, store, start, opened, each: () => (start.ok ? start.steps.each(summary) : undefined) };
}

describe('a hunt', () => {
  it.each([
    ['nothing, then and now', stoppedFor(), inspected(), { result: 'unchanged' }],
    ['the same rules in another order', stoppedFor('a', 'b'), inspected('b', 'a'), { result: 'unchanged' }],
    [
      'another rule, too',
      stoppedFor('a'),
      inspected('a', 'b'),
      { result: 'changed', note: { was: 'refuse', now: 'refuse', added: ['n:b'], gone: [] } },
    ],
    [
      'nothing any more',
      stoppedFor('a'),
      inspected(),
      { result: 'changed', note: { was: 'refuse', now: 'forward', added: [], gone: ['n:a'] } },
    ],
    [
      'the same, and decides otherwise',
      { ...stoppedFor('a'), decision: { ...stoppedFor('a').decision!, action: 'quarantine' as const } },
      inspected('a'),
      { result: 'changed', note: { was: 'quarantine', now: 'refuse', added: [], gone: [] } },
    ],
    ['that it cannot be decoded', stoppedFor(), uninspected('undecodable'), { result: 'changed' }],
    ['nothing in time', stoppedFor('a'), uninspected('timeout'), { result: 'not-scanned' }],
    ['no room', stoppedFor('a'), uninspected('queue-full'), { result: 'not-scanned' }],
    ['nothing, being cancelled', stoppedFor('a'), { kind: 'cancelled' } as const, { result: 'not-scanned' }],
  ] as const)('that finds %s', async (_, was, now, expected) => {
    const { each } = await huntOne(was, now);
    expect(await each()).toMatchObject(expected);
  });

  it.each([
    [HUNT_CODES_MAX, HUNT_CODES_MAX],
    [HUNT_CODES_MAX + 1, HUNT_CODES_MAX],
  ])('that finds %i new rules tells of %i', async (found, told) => {
    const rules = Array.from({ length: found }, (_, index) => `r${index}`);
    const { each } = await huntOne(stoppedFor(), inspected(...rules));
    const result = await each();
    expect(result?.note?.['added']).toHaveLength(told);
  });

  it('has its own rules when it is asked for, and closes them', async () => {
    let closed = 0;
    const close = (): Promise<void> => {
      closed += 1;
      return Promise.resolve();
    };
    const open = (): Promise<HuntScanner> =>
      Promise.resolve({ ok: true, scanner: scannerOf(inspected('b')), close });
    const { start, opened, each } = await huntOne(stoppedFor(), inspected(), { rules: 'new', open });
    expect(await each()).toMatchObject({ result: 'changed', note: { added: ['n:b'] } });
    if (start.ok) await start.steps.close();
    expect([opened, closed]).toEqual([['new'], 1]);
  });

  it.each([
    [HUNT_PROBLEMS_MAX, HUNT_PROBLEMS_MAX],
    [HUNT_PROBLEMS_MAX + 1, HUNT_PROBLEMS_MAX],
  ])('does not begin with rules that are broken: of %i problems it tells %i', async (found, told) => {
    const problems = Array.from({ length: found }, (_, index) => `problem ${index}`);
    const open = (): Promise<HuntScanner> => Promise.resolve({ ok: false, problems });
    const { start } = await huntOne(stoppedFor(), inspected(), { rules: 'new', open });
    expect(start).toEqual({ ok: false, problems: problems.slice(0, told) });
  });

  it('counts what was deleted meanwhile, or cannot be read', async () => {
    const { record, store, each } = await huntOne(stoppedFor(), inspected());
    await store.end(record.id, 'deleted', ACT);
    expect(await each()).toEqual({ result: 'no-content' });
    store.failing.add('get');
    expect(await each()).toEqual({ result: 'failed' });
  });
});
