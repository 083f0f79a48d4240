import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { registerLabFetch } from './command-lab-fetch.ts';
import { registerLabMmsc } from './command-lab-mmsc.ts';
import { registerLabSend } from './command-lab-send.ts';

/** Adds `lab mmsc`, `lab send` and `lab fetch`. */
export function registerLab(program: Command, io: CommandIo): void {
  const lab = program.command('lab').description('simulated MMSC and handsets, to try the proxy out');
  registerLabMmsc(lab, io);
  registerLabSend(lab, io);
  registerLabFetch(lab, io);
}
