import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { TestIo } from '../support/command-run.ts';

describe('the log', () => {
  it('is JSON lines with a level in words and an ISO time', () => {
    const io = new TestIo();
    createLog({ level: 'info', destination: 'stdout' }, io).info({ port: 1 }, 'listening');
    const line = JSON.parse(io.outText) as Record<string, unknown>;
    expect(line).toMatchObject({ level: 'info', port: 1, msg: 'listening' });
    expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(Object.keys(line)).toHaveLength(4);
  });

  it('writes to standard error by choice', () => {
    const io = new TestIo();
    createLog({ level: 'info', destination: 'stderr' }, io).info('a');
    expect([io.outText, io.errText.length > 0]).toEqual(['', true]);
  });

  it.each([
    ['silent', []],
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['debug', ['error', 'warn', 'info', 'debug']],
  ] as const)('at level %s has lines of %j', (level, expected) => {
    const io = new TestIo();
    const log = createLog({ level, destination: 'stdout' }, io);
    for (const method of ['error', 'warn', 'info', 'debug', 'trace'] as const) log[method]('a');
    const levels = io.outText.split('\n').filter((line) => line !== '');
    expect(levels.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(expected);
  });
});
