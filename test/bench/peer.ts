/** What an operator would use instead: Squid with c-icap and ClamAV. Its set-up is a folder of scripts beside the project. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from './servers.ts';

/** Where Squid listens. */
const PORT = 13_280;

const TOOLS = process.env['MMSGUARD_PEER'] ?? '../shared/tools/peer';

/** What is missing to run the peer; empty when it can be run. */
export function missingForPeer(): string[] {
  const programs = ['squid', 'c-icap', 'clamd', 'clamscan'].filter(
    (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
  );
  const script = join(TOOLS, 'start.sh');
  return existsSync(script) ? programs : [...programs, script];
}

/** Starts the peer in front of an MMSC, with a directory of rules that ClamAV can compile. */
export function startPeer(folder: string, options: { rules: string; mmsc: number }): RunningServer {
  runScript('start.sh', [folder, options.rules, `${options.mmsc}`]);
  return {
    port: PORT,
    pids: readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number),
    close: () => {
      runScript('stop.sh', [folder]);
      return Promise.resolve();
    },
  };
}

function runScript(name: string, options: readonly string[]): void {
  const { status, stderr } = spawnSync('bash', [join(TOOLS, name), ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
}
