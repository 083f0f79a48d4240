import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { AdminClient } from '../../src/app/admin-client.ts';
import {
  actOnEach,
  addActOptions,
  chosen,
  whyOption,
  type ActOptions,
} from '../../src/app/quarantine-act.ts';
import { TestIo } from '../support/command-run.ts';
import { apiError, startAdmin } from '../support/scripted-admin.ts';

function chosenBy(...args: readonly string[]) {
  const io = new TestIo();
  const command = addActOptions(new Command().exitOverride());
  command.parse(args, { from: 'user' });
  return { choice: chosen(command.args, command.opts<ActOptions>(), io), io };
}

describe('the messages of a command', () => {
  it.each([
    [['a', 'b'], { kind: 'ids', ids: ['a', 'b'] }],
    [['--direction', 'inbound'], { kind: 'filter', filter: { direction: 'inbound' } }],
    [['--all'], { kind: 'filter', filter: {} }],
    [['--all', '--reason', 'r'], { kind: 'filter', filter: { reason: 'r' } }],
  ])('of %j are %j', (args, expected) => {
    expect(chosenBy(...args).choice).toEqual(expected);
  });

  it.each([
    [[], 'give ids, options that choose messages, or --all\n'],
    [['a', '--all'], 'give ids, or options that choose messages, not both\n'],
    [['a', '--reason', 'r'], 'give ids, or options that choose messages, not both\n'],
  ])('are not said by %j', (args, told) => {
    const { choice, io } = chosenBy(...args);
    expect([choice, io.exitCode, io.errText]).toEqual([undefined, 2, told]);
  });
});

describe('--why', () => {
  it('is needed, and must say something', () => {
    const command = new Command('x').exitOverride().configureOutput({ writeErr: () => undefined });
    command.addOption(whyOption());
    expect(() => command.parse([], { from: 'user' })).toThrow(/--why/);
    expect(() => command.parse(['--why', '  '], { from: 'user' })).toThrow(/says nothing/);
    expect(command.parse(['--why', 'so'], { from: 'user' }).opts()).toEqual({ why: 'so' });
  });
});

describe('an act on single messages', () => {
  it('goes on behind one that fails, and tells of each', async () => {
    const admin = await startAdmin(
      [409, apiError('not-held', 'gone', { state: 'deleted' })],
      [202, { kind: 'approval-noted', approvals: ['ada'] }],
      [200, { kind: 'released' }],
    );
    const io = new TestIo();
    const act = { act: 'release', body: { why: 'x' }, done: 'released' } as const;
    const client = new AdminClient({ url: admin.url, token: undefined });
    await actOnEach(client, ['a', 'b', 'c'], act, { io, json: false });
    expect([io.exitCode, io.errText, io.outText]).toEqual([
      1,
      'not-held: a: gone {"state":"deleted"}\n',
      'b: approval-noted {"approvals":["ada"]}\nc: released\n',
    ]);
    expect(admin.asked.map(({ what }) => what)).toEqual([
      'POST /quarantine/a/release',
      'POST /quarantine/b/release',
      'POST /quarantine/c/release',
    ]);
  });

  it('gives objects when asked', async () => {
    const admin = await startAdmin([200, { kind: 'released', messageId: 'M' }]);
    const io = new TestIo();
    const act = { act: 'release', body: {}, done: 'released' } as const;
    await actOnEach(new AdminClient({ url: admin.url, token: undefined }), ['a'], act, { io, json: true });
    expect([io.exitCode, JSON.parse(io.outText)]).toEqual([0, { id: 'a', kind: 'released', messageId: 'M' }]);
  });
});
