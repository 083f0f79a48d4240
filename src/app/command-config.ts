import { Option, type Command } from 'commander';
import { EXIT, type CommandIo } from './command-io.ts';
import { configJsonSchema, showConfig } from './config-describe.ts';
import { CONFIG_FILE_VARIABLE } from './config-environment.ts';
import { formatConfigError, type ConfigError } from './config-error.ts';
import { loadConfig } from './config-load.ts';
import type { Config } from './config-schema.ts';
import { readTlsFiles } from './config-tls.ts';
import { formatStartError } from './start-error.ts';

const HELP = `
Values are taken from the defaults, then the file, then the environment: MMSGUARD_LISTEN_PORT=9090 overrides
listen.port. Text is taken as it is (empty for none), everything else is read as YAML: MMSGUARD_HEADERS_STRIP='[a, b]'.`;

/** Adds `config check`, `config schema` and `config show`. */
export function registerConfig(program: Command, io: CommandIo): void {
  const config = program
    .command('config')
    .description('check and explain the configuration')
    .addHelpText('after', HELP);
  config
    .command('check')
    .description('check a configuration file, the environment, and the PEM files that they name')
    .argument('[file]', `configuration file (default: $${CONFIG_FILE_VARIABLE}, or none)`)
    .action(async (file?: string) => {
      await check(configFileOf(file, io), io);
    });
  config
    .command('schema')
    .description('print the JSON Schema of the configuration file')
    .action(() => {
      io.stdout.write(configJsonSchema());
    });
  config
    .command('show')
    .description('print the effective configuration, with help texts, and where each value comes from')
    .addOption(configOption())
    .action(async (options: ConfigOptions) => {
      await show(configFileOf(options.config, io), io);
    });
}

/** Options of a command that takes a configuration. */
export interface ConfigOptions {
  readonly config?: string;
}

/** `--config FILE`, for every command that takes a configuration. */
export function configOption(): Option {
  return new Option('-c, --config <file>', `configuration file (default: $${CONFIG_FILE_VARIABLE}, or none)`);
}

/** The configuration file: the one on the command line, or else the one that the environment names, or none. */
function configFileOf(named: string | undefined, io: Pick<CommandIo, 'environment'>): string | undefined {
  const file = named ?? io.environment[CONFIG_FILE_VARIABLE];
  return file === '' ? undefined : file;
}

/** The checked configuration of a command; undefined when it is wrong, which then has been told. Never rejects. */
export async function configOf(options: ConfigOptions, io: CommandIo): Promise<Config | undefined> {
  const file = configFileOf(options.config, io);
  const loaded = await loadConfig(file, io.environment);
  if (loaded.ok) return loaded.config;
  refuseConfig(loaded.errors, file, io);
  return undefined;
}

/** Prints every error of a configuration and sets the exit code. */
function refuseConfig(errors: readonly ConfigError[], file: string | undefined, io: CommandIo): void {
  for (const error of errors) io.stderr.write(`${formatConfigError(error, file)}\n`);
  io.exitCode = EXIT.badInput;
}

async function check(file: string | undefined, io: CommandIo): Promise<void> {
  const loaded = await loadConfig(file, io.environment);
  if (!loaded.ok) {
    refuseConfig(loaded.errors, file, io);
    return;
  }
  const tls = await readTlsFiles(loaded.config);
  if (tls.ok) {
    io.stdout.write(`${file ?? 'defaults'}: ok\n`);
    return;
  }
  for (const error of tls.errors) io.stderr.write(`${formatStartError(error)}\n`);
  io.exitCode = EXIT.badInput;
}

async function show(file: string | undefined, io: CommandIo): Promise<void> {
  const loaded = await loadConfig(file, io.environment);
  if (loaded.ok) io.stdout.write(showConfig(loaded.config, loaded.originOf));
  else refuseConfig(loaded.errors, file, io);
}
