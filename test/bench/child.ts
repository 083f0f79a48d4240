/** Runs a script of this folder as a process of its own, for measurements that others would spoil. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What the script printed, as JSON. Throws when it fails. */
export async function figuresOf(script: string, options: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const output = await text(child.stdout);
  await exited;
  if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode}`);
  return JSON.parse(output);
}
