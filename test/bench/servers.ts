/** Servers that the benchmarks start, each as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_TRIES = 300;
const TRY_EVERY_MS = 100;

/** A server that listens on loopback. */
export interface RunningServer {
  readonly port: number;
  /** Its processes, without those that they started. */
  readonly pids: readonly number[];
  close(): Promise<void>;
}

/** Starts a program, and waits until something listens on the port. */
export async function startServer(
  port: number,
  [program = '', ...options]: readonly string[],
): Promise<RunningServer> {
  const child = spawn(program, options, { stdio: ['ignore', 'ignore', 'inherit'] });
  await waitForPort(port);
  return { port, pids: [child.pid ?? 0], close: () => stop(child) };
}

/** Starts a script of this folder that serves on the port. */
export function startScript(
  port: number,
  [script = '', ...options]: readonly string[],
): Promise<RunningServer> {
  return startServer(port, [process.execPath, join(import.meta.dirname, script), ...options]);
}

/** Throws when nothing comes to listen on the port. */
async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < START_TRIES; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    await sleep(TRY_EVERY_MS);
  }
  throw new Error(`nothing listens on port ${port}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
