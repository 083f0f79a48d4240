import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/app/config-describe.ts';
import { readConfig } from '../../src/app/config-load.ts';
import { runCommand } from '../support/command-run.ts';
import { scratchFile } from '../support/scratch-folder.ts';

describe('config check', () => {
  it('says ok of the defaults', async () => {
    expect(await runCommand(['config', 'check'])).toEqual({
      exitCode: 0,
      stdout: 'defaults: ok\n',
      stderr: '',
    });
  });

  it('says ok of a good file', async () => {
    const file = scratchFile('a.yaml', 'listen: {port: 1}');
    expect(await runCommand(['config', 'check', file])).toEqual({
      exitCode: 0,
      stdout: `${file}: ok\n`,
      stderr: '',
    });
  });

  it('prints every error with its line and gives 2', async () => {
    const file = scratchFile('a.yaml', 'listen:\n  prt: 1\nlog: {level: loud}');
    const { exitCode, stdout, stderr } = await runCommand(['config', 'check', file], {
      MMSGUARD_LISTEN_PORT: 'x',
    });
    expect([exitCode, stdout]).toEqual([2, '']);
    const places = stderr.trim().split('\n');
    expect(places).toHaveLength(3);
    expect(places).toEqual(
      expect.arrayContaining([
        `${file}:2: listen.prt: unknown key; did you mean port?`,
        expect.stringMatching(/^MMSGUARD_LISTEN_PORT: listen\.port: /),
        expect.stringContaining(`${file}:3: log.level: `),
      ]),
    );
  });

  it('reads the PEM files, too', async () => {
    const file = scratchFile('a.yaml', 'mmsc: {url: https://a/, tls: {caFile: /nonexistent.pem}}');
    expect(await runCommand(['config', 'check', file])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'pem-unreadable: mmsc.tls.caFile: /nonexistent.pem: there is no such file\n',
    });
  });

  it('takes the file that the environment names, and the one on the command line before it', async () => {
    const good = scratchFile('a.yaml', '');
    const bad = scratchFile('b.yaml', '[]');
    expect(await runCommand(['config', 'check'], { MMSGUARD_CONFIG: good })).toMatchObject({
      stdout: `${good}: ok\n`,
    });
    expect(await runCommand(['config', 'check'], { MMSGUARD_CONFIG: bad })).toMatchObject({ exitCode: 2 });
    expect(await runCommand(['config', 'check', good], { MMSGUARD_CONFIG: bad })).toMatchObject({
      exitCode: 0,
    });
    expect(await runCommand(['config', 'check'], { MMSGUARD_CONFIG: '' })).toMatchObject({
      stdout: 'defaults: ok\n',
    });
  });
});

describe('config show', () => {
  it('prints a file that means the same', async () => {
    const { exitCode, stdout } = await runCommand(['config', 'show'], { MMSGUARD_LISTEN_PORT: '7' });
    expect(exitCode).toBe(0);
    expect(readConfig(stdout, {})).toMatchObject({ ok: true, config: { listen: { port: 7 } } });
  });

  it('prints the errors of a wrong configuration instead', async () => {
    const file = scratchFile('a.yaml', 'foo: 1');
    const { exitCode, stdout, stderr } = await runCommand(['config', 'show', '--config', file]);
    expect([exitCode, stdout, stderr]).toEqual([2, '', `${file}:1: foo: unknown key\n`]);
  });
});

describe('config schema', () => {
  it('prints the JSON Schema', async () => {
    const { exitCode, stdout } = await runCommand(['config', 'schema']);
    expect([exitCode, stdout]).toEqual([0, configJsonSchema()]);
  });
});
