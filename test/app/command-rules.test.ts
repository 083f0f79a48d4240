import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';

describe('mmsguard rules', () => {
  it('has a command for each thing that is done with rules', async () => {
    const { stdout } = await runCommand(['rules', '--help']);
    for (const name of ['check', 'test', 'list', 'bench']) expect(stdout).toContain(`\n  ${name} `);
  });
});
