import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { EXIT, processIo } from '../../src/app/command-io.ts';

function fakeProcess(): { of: NodeJS.Process; stdout: EventEmitter; codes: number[] } {
  const stdout = new EventEmitter();
  const codes: number[] = [];
  const of = {
    stdout,
    stderr: new EventEmitter(),
    stdin: {},
    env: { A: '1' },
    exit: (code: number) => codes.push(code),
  };
  return { of: of as unknown as NodeJS.Process, stdout, codes };
}

function systemError(code: string): Error {
  return Object.assign(new Error('write failed'), { code });
}

describe('the process of a command', () => {
  it('exits with 0 unless a command says otherwise', () => {
    const { of, codes } = fakeProcess();
    const io = processIo(of);
    expect([io.exitCode, io.environment]).toEqual([EXIT.ok, { A: '1' }]);
    io.exitNow(143);
    expect(codes).toEqual([143]);
  });

  it('outlives the reader of its output', () => {
    const { of, stdout } = fakeProcess();
    processIo(of);
    expect(() => stdout.emit('error', systemError('EPIPE'))).not.toThrow();
  });

  it('does not hide any other error of its output', () => {
    const { of, stdout } = fakeProcess();
    processIo(of);
    expect(() => stdout.emit('error', systemError('EIO'))).toThrow('write failed');
  });
});
