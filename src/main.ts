#!/usr/bin/env node
// The process entry. The commands are imported only once the version is known to be right: older ones cannot read them.
const NODE_MAJOR_MIN = 24;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  process.stderr.write(
    `mmsguard needs Node ${NODE_MAJOR_MIN} or newer; this is Node ${process.versions.node}\n`,
  );
  process.exitCode = 1;
} else {
  const { runCli } = await import('./app/cli.ts');
  const { processIo } = await import('./app/command-io.ts');
  process.exitCode = await runCli(process.argv.slice(2), processIo(process));
}
