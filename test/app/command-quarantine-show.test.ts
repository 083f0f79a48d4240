import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { apiError, shownRecord, startAdmin } from '../support/scripted-admin.ts';

describe('mmsguard quarantine show', () => {
  it('prints everything that the token may see', async () => {
    const record = shownRecord({
      state: 'released',
      approvals: ['ada', 'bob'],
      envelope: { sender: '+1202', recipients: ['+1203/TYPE=PLMN', 'a\u202e@b'] },
      http: { method: 'POST', authority: 'mmsc', path: '/send', headers: [] },
      ended: { atMs: Date.UTC(2026, 10, 25), by: 'bob', why: 'harmless' },
    });
    const admin = await startAdmin([200, record]);
    const { exitCode, stdout } = await runCommand(['quarantine', 'show', 'rec-1'], admin.environment);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'id:         rec-1',
      'state:      released',
      'stopped:    2026-11-24T08:00:00.000Z',
      'expires:    2026-12-24T08:00:00.000Z',
      'direction:  outbound',
      'type:       m-send-req',
      'severity:   high',
      'action:     quarantine, by profile default',
      'told:       refused',
      'sender:     +1202',
      'recipients: +1203/TYPE=PLMN, a\\u{202e}@b',
      'request:    POST mmsc/send',
      `content:    1234 octets, SHA-256 ${'ab'.repeat(32)}`,
      'agreed:     ada, bob',
      'ended:      2026-11-25T00:00:00.000Z by bob: harmless',
      '  because of mmsguard:RULE (severity high)',
      '',
    ]);
    expect(admin.asked[0]?.what).toBe('GET /quarantine/rec-1');
  });

  it('prints pseudonyms to a viewer', async () => {
    const admin = await startAdmin([200, shownRecord()]);
    const { stdout } = await runCommand(['quarantine', 'show', 'rec-1'], admin.environment);
    expect(stdout).toContain('sender:     pseudonym-1\nrecipients: pseudonym-2\n');
    expect(stdout).not.toMatch(/from:|request:|ended:/);
  });

  it('prints an object when asked', async () => {
    const admin = await startAdmin([200, shownRecord()]);
    const { stdout } = await runCommand(['quarantine', 'show', 'rec-1', '--json'], admin.environment);
    expect(JSON.parse(stdout)).toEqual(shownRecord());
  });

  it('fails when there is none', async () => {
    const admin = await startAdmin([404, apiError('unknown')]);
    const { exitCode, stderr } = await runCommand(['quarantine', 'show', 'x'], admin.environment);
    expect([exitCode, stderr]).toEqual([1, 'unknown: no\n']);
  });
});
