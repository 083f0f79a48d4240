import type { Command } from 'commander';
import { configOf, configOption, type ConfigOptions } from './command-config.ts';
import type { CommandIo } from './command-io.ts';
import { startMmsguard } from './compose.ts';
import { runUntilSignal } from './lifecycle.ts';
import { createLog } from './log.ts';
import { formatStartError } from './start-error.ts';

const HELP = `
Without a configuration file the proxy listens on 127.0.0.1:8080 and forwards to an MMSC at 127.0.0.1:8081.
SIGHUP: loads the rules again; a bad set is refused, and the one in use stays.
SIGTERM or SIGINT: stops accepting, finishes what is in flight within timeouts.drainMs, and exits 0. A second one
ends the process at once.`;

/** Adds `serve`. */
export function registerServe(program: Command, io: CommandIo): void {
  program
    .command('serve')
    .description('run the proxy between handsets and MMSC')
    .addOption(configOption())
    .addHelpText('after', HELP)
    .action(async (options: ConfigOptions) => {
      await serve(options, io);
    });
}

async function serve(options: ConfigOptions, io: CommandIo): Promise<void> {
  const config = await configOf(options, io);
  if (config === undefined) return;
  const log = createLog(config.log, io);
  let onReload: () => void = () => undefined;
  // From the first moment: without a listener this signal ends the process.
  const reload = (): void => {
    onReload();
  };
  io.signals.on('SIGHUP', reload);
  io.exitCode = await runUntilSignal(
    () => startMmsguard(config, log, io.environment),
    {
      started: (mmsguard) => {
        const { address, port } = mmsguard.address;
        const isTls = config.listen.tls.certFile !== null;
        log.info(
          { address, port, tls: isTls, mmsc: config.mmsc.url, admin: mmsguard.adminAddress },
          'listening',
        );
        onReload = () => {
          mmsguard.reloadRules('signal').catch((error: unknown) => {
            log.error({ err: error }, 'unexpected error');
          });
        };
      },
      stopping: (signal) => {
        log.info({ signal, drainMs: config.timeouts.drainMs }, 'stopping');
      },
      stopped: () => {
        log.info('stopped');
      },
      notStarted: (errors) => {
        for (const error of errors) io.stderr.write(`mmsguard: ${formatStartError(error)}\n`);
      },
    },
    io,
  );
  io.signals.off('SIGHUP', reload);
}
