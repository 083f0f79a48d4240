import { describe, expect, it } from 'vitest';
import { bench } from '../../src/app/command-rules-bench.ts';
import { TestIo } from '../support/command-run.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';

const PAYLOADS = [
  { name: 'small', kind: 'ordinary', bytes: Buffer.from('a word') },
  { name: 'large', kind: 'adversarial', bytes: Buffer.alloc(100_000, 'word') },
] as const;

describe('mmsguard rules bench', () => {
  it('times every payload, then every rule, the slowest first', async () => {
    const slower = ruleFor('x', 'SUSP_MMS_Test_Slow', {
      id: '"8c5d1c8e-7a53-4c1e-9c8b-0d0a1b2c3d4f"',
    }).replace('"x"', '/w[a-z]{1,90}q/');
    const io = new TestIo();
    await bench(ruleFolder({ 'a.yar': ruleFor('never') + slower }), PAYLOADS, io);
    expect([io.exitCode, io.errText]).toEqual([0, '']);
    expect(io.outText).toMatch(
      /^2 rules, milliseconds by payload and target\nordinary {5}small {15}part +\d+\.\d\d\n/,
    );
    expect(io.outText).toMatch(/SUSP_MMS_Test_Slow \(large\)\n(.*\n)*.*SUSP_MMS_Test_Word/);
  });

  it('refuses broken rules with 2', async () => {
    const io = new TestIo();
    await bench(ruleFolder({ 'a.yar': 'rule a { condition: missing }' }), PAYLOADS, io);
    expect([io.exitCode, io.errText]).toEqual([2, expect.stringContaining('a.yar:1:21')]);
  });

  it('says that a directory is not there', async () => {
    const io = new TestIo();
    await bench('/nonexistent', PAYLOADS, io);
    expect(io.exitCode).toBe(2);
  });
});
