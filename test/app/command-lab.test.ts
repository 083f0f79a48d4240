import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';

describe('mmsguard lab', () => {
  it('offers an MMSC, sending and fetching', async () => {
    const { stdout } = await runCommand(['lab', '--help']);
    for (const name of ['mmsc', 'send', 'fetch']) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it('names every fault in the help of its MMSC', async () => {
    const { stdout } = await runCommand(['lab', 'mmsc', '--help']);
    for (const name of ['slow-answer', 'truncated', 'early-answer']) expect(stdout).toContain(name);
  });
});
