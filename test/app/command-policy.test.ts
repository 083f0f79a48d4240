import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';

describe('mmsguard policy', () => {
  it('has a command for each thing that is done with a policy', async () => {
    const { stdout } = await runCommand(['policy', '--help']);
    for (const name of ['check', 'test']) expect(stdout).toContain(`\n  ${name} `);
  });
});
