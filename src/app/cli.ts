import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { registerAudit } from './command-audit.ts';
import { registerConfig } from './command-config.ts';
import { registerDecode } from './command-decode.ts';
import { registerDemo } from './command-demo.ts';
import { EXIT, type CommandIo } from './command-io.ts';
import { registerKey } from './command-key.ts';
import { registerLab } from './command-lab.ts';
import { registerPolicy } from './command-policy.ts';
import { registerQuarantine } from './command-quarantine.ts';
import { registerRules } from './command-rules.ts';
import { registerScan } from './command-scan.ts';
import { registerServe } from './command-serve.ts';
import { registerToken } from './command-token.ts';

/** Every command, in the order of the help. A new one is a line here and a file `command-….ts`. */
const COMMANDS: readonly ((program: Command, io: CommandIo) => void)[] = [
  registerServe,
  registerConfig,
  registerDecode,
  registerScan,
  registerRules,
  registerPolicy,
  registerQuarantine,
  registerKey,
  registerToken,
  registerAudit,
  registerLab,
  registerDemo,
];

/** Columns of the help where the output is no terminal. */
const HELP_COLUMNS = 100;

const EXIT_CODES_HELP = `
Exit codes: ${EXIT.ok} all went well, ${EXIT.failure} it was tried and failed, ${EXIT.badInput} the input is wrong.`;

/**
 * Runs one command line (without `node` and the script) and gives the exit code. Rejects only for bugs.
 */
export async function runCli(args: readonly string[], io: CommandIo): Promise<number> {
  const program = new Command('mmsguard')
    .description(packageJson.description)
    .version(packageJson.version, '-V, --version', 'print the version')
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? HELP_COLUMNS,
      getErrHelpWidth: () => io.stderr.columns ?? HELP_COLUMNS,
    });
  for (const register of COMMANDS) register(program, io);
  try {
    await program.parseAsync(args, { from: 'user' });
    return io.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  }
}
