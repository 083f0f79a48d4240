import { describe, expect, it } from 'vitest';
import { Metrics, RULE_SERIES_MAX } from '../../src/app/metrics.ts';
import type { ExchangeRecord } from '../../src/proxy/observer.ts';
import { bodyRecord } from '../support/body-record.ts';
import { ruleSetCalled } from '../support/scan-rig.ts';

const RECORD: ExchangeRecord = {
  id: 'e',
  method: 'POST',
  outcome: { kind: 'refused', code: 'content', side: 'handset' },
  status: 200,
  outbound: bodyRecord({
    scan: 'not-inspected',
    gaps: [
      { reason: 'encrypted', code: 'a' },
      { reason: 'encrypted', code: 'b' },
    ],
    findings: [{ code: 'zip-overlap', severity: 'high' }],
    matches: [{ rule: 'R', namespace: 'n', severity: 'high' }],
  }),
  inbound: bodyRecord(),
  durationsMs: {},
  totalMs: 1,
};

const linesOf = async (metrics: Metrics): Promise<string[]> =>
  (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('mmsguard_'));

describe('Metrics', () => {
  it('counts an exchange and what was found in it', async () => {
    const metrics = new Metrics();
    metrics.exchangeDone(RECORD);
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'mmsguard_exchanges_total{outcome="refused",code="content"} 1',
        'mmsguard_scans_total{direction="outbound",outcome="not-inspected"} 1',
        'mmsguard_not_inspected_total{direction="outbound",reason="encrypted"} 1',
        'mmsguard_findings_total{direction="outbound",code="zip-overlap"} 1',
        'mmsguard_rule_matches_total{namespace="n",rule="R"} 1',
      ]),
    );
    expect((await linesOf(metrics)).join('\n')).not.toContain('inbound');
  });

  it('counts connections, bugs and threads', async () => {
    const metrics = new Metrics();
    metrics.connectionRefused('tls-failed');
    metrics.unexpectedError();
    metrics.threadEvent({ kind: 'replaced', cause: 'timeout', detail: '' });
    metrics.threadEvent({ kind: 'start-failed', detail: '' });
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'mmsguard_connections_refused_total{code="tls-failed"} 1',
        'mmsguard_unexpected_errors_total 1',
        'mmsguard_scan_threads_replaced_total{cause="timeout"} 1',
        'mmsguard_scan_threads_replaced_total{cause="start-failed"} 1',
      ]),
    );
  });

  it('tells of a refused reload, and goes on telling of the set in use', async () => {
    const metrics = new Metrics();
    metrics.rulesInUse(ruleSetCalled('one'), 1_000);
    metrics.reloaded({ kind: 'refused', problems: [] }, 2_000);
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'mmsguard_rule_reloads_total{result="refused"} 1',
        'mmsguard_rule_set_info{digest="one",engine=""} 1',
        'mmsguard_rule_last_reload_timestamp_seconds 1',
      ]),
    );
    metrics.reloaded({ kind: 'loaded', ruleSet: ruleSetCalled('two') }, 3_000);
    const lines = await linesOf(metrics);
    expect(lines.filter((line) => line.startsWith('mmsguard_rule_set_info'))).toEqual([
      'mmsguard_rule_set_info{digest="two",engine=""} 1',
    ]);
  });

  it('reads the pool at every scrape', async () => {
    const metrics = new Metrics();
    let queued = 3;
    metrics.watchPool(() => ({
      threads: { threads: 4, ready: 2, busy: 1, behind: 0 },
      queued,
      queuedBytes: 99,
      verdicts: 7,
      ruleSetDigest: 'd',
    }));
    expect(await linesOf(metrics)).toContain('mmsguard_scan_queue_messages 3');
    queued = 0;
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'mmsguard_scan_queue_messages 0',
        'mmsguard_scan_queue_bytes 99',
        'mmsguard_scan_threads 4',
        'mmsguard_scan_threads_ready 2',
        'mmsguard_scan_threads_busy 1',
        'mmsguard_verdicts_kept 7',
      ]),
    );
  });

  it(`has a series for each of ${RULE_SERIES_MAX} rules, and one for all that come after`, async () => {
    const metrics = new Metrics();
    const match = (rule: string): ExchangeRecord['outbound']['matches'][number] => ({
      rule,
      namespace: 'n',
      severity: 'low',
    });
    for (let count = 0; count < RULE_SERIES_MAX + 2; count += 1) {
      metrics.exchangeDone({
        ...RECORD,
        outbound: bodyRecord({ scan: 'inspected', matches: [match(`r${count}`)] }),
      });
    }
    const lines = (await linesOf(metrics)).filter((line) => line.startsWith('mmsguard_rule_matches_total'));
    expect(lines).toHaveLength(RULE_SERIES_MAX + 1);
    expect(lines).toContain('mmsguard_rule_matches_total{namespace="other",rule="other"} 2');
  });
});
