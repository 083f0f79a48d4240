/** Processor time of processes as Linux counts it: it hardly changes with what else the machine does. */
import { readdirSync, readFileSync } from 'node:fs';

/** Microseconds of one tick (USER_HZ is 100 wherever Node runs). */
const TICK_MICROSECONDS = 10_000;

interface ProcessTimes {
  readonly parent: number;
  readonly ticks: number;
}

/** Microseconds that these processes and all their descendants have used so far. */
export function cpuMicroseconds(pids: readonly number[]): number {
  const all = new Map<number, ProcessTimes>();
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(name) : undefined;
    if (times !== undefined) all.set(Number(name), times);
  }
  const belongs = (pid: number): boolean => {
    const parent = all.get(pid)?.parent;
    return pids.includes(pid) || (parent !== undefined && belongs(parent));
  };
  const ticks = [...all].filter(([pid]) => belongs(pid)).map(([, times]) => times.ticks);
  return ticks.reduce((sum, each) => sum + each, 0) * TICK_MICROSECONDS;
}

/** Undefined for a process that has just ended. proc(5): after the name come state, parent, …, utime (14), stime (15). */
function timesOf(pid: string): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch {
    return undefined;
  }
}
