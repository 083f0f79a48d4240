import type { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { registerQuarantineDelete } from './command-quarantine-delete.ts';
import { registerQuarantineExport } from './command-quarantine-export.ts';
import { registerQuarantineList } from './command-quarantine-list.ts';
import { registerQuarantineRelease } from './command-quarantine-release.ts';
import { registerQuarantineRescan } from './command-quarantine-rescan.ts';
import { registerQuarantineShow } from './command-quarantine-show.ts';
import { ADMIN_VARIABLES } from './config-environment.ts';

const HELP = `
A running mmsguard is asked, by its admin API; the token is taken from $${ADMIN_VARIABLES.token} or a file. Times without
a zone are of this machine.`;

/** Adds `quarantine list`, `show`, `release`, `delete`, `export` and `rescan`. */
export function registerQuarantine(program: Command, io: CommandIo): void {
  const quarantine = program
    .command('quarantine')
    .description('look at messages that were stopped, release and delete them')
    .addHelpText('after', HELP);
  const commands = [
    registerQuarantineList,
    registerQuarantineShow,
    registerQuarantineRelease,
    registerQuarantineDelete,
    registerQuarantineExport,
    registerQuarantineRescan,
  ];
  for (const register of commands) register(quarantine, io);
}
