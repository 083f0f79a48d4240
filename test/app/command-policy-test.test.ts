import { describe, expect, it } from 'vitest';
import { runCommand, type CommandRun } from '../support/command-run.ts';
import { messageWith } from '../support/messages-with.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';
import { scratchFile } from '../support/scratch-folder.ts';

const POLICY = `
  entries:
    - { name: try to strip, state: shadow, when: { rules: ['ours:*'] }, action: strip }
    - { name: keep words, when: { tags: [test] }, action: quarantine }
  profiles:
    - { name: staff, appliesTo: { senders: ['+1202*'] }, severities: { high: strip } }
    - { name: roaming, appliesTo: { listeners: [roaming] }, severities: { high: throttle } }
    - { name: inbound, appliesTo: { directions: [inbound] } }`;

/** Judges a message with a word that a rule of score 85 is about in its second part. */
function judge(...options: readonly string[]): Promise<CommandRun> {
  const folder = ruleFolder({ 'a.yar': ruleFor('word') });
  const config = `
rules: { builtIn: false, directories: [{ path: '${folder}', namespace: ours }] }
storage: { sqliteFile: held.sqlite }
policy: ${POLICY}`;
  const message = messageWith([{ bytes: 'see you at eight' }, { bytes: 'a word' }]);
  const files = [scratchFile('bad.mms', message)];
  return runCommand(['policy', 'test', '--config', scratchFile('a.yaml', config), ...options, ...files]);
}

describe('mmsguard policy test', () => {
  it('says which entry decides and why, and what the entries in shadow would do', async () => {
    const { exitCode, stdout } = await judge();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\S*bad\.mms: quarantine by keep words \(profile default\)\n/);
    expect(stdout).toContain('\n  quarantine rule high ours:SUSP_MMS_Test_Word part 1 by keep words\n');
    expect(stdout).toContain(
      '\n  strip      rule high ours:SUSP_MMS_Test_Word part 1 by try to strip in shadow\n',
    );
    expect(stdout).toMatch(/\n {2}with the entries in shadow: strip\n$/);
  });

  it.each([
    [['--sender', '12025550100'], { profile: 'staff', action: 'strip', stripParts: [1] }],
    [['--sender', '+4915112345'], { profile: 'default', action: 'quarantine' }],
    [['--listener', 'roaming'], { profile: 'roaming', action: 'throttle', cause: 'throttled' }],
    [['--inbound'], { profile: 'inbound', action: 'refuse', cause: 'content' }],
  ])('judges with %j as the proxy would', async (options, expected) => {
    const { stdout } = await judge('--json', ...options);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'pdu', outcome: 'inspected', ...expected });
  });

  it('judges several files, and exits with 2 when one cannot be read', async () => {
    const { exitCode, stdout, stderr } = await judge('/nonexistent');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('/nonexistent: ')]);
    expect(stdout).toContain('bad.mms: quarantine');
  });
});
