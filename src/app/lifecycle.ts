import { EXIT, type SignalSource, type StopSignal } from './command-io.ts';
import type { StartError } from './start-error.ts';

/** Something that runs until it is stopped. */
export interface Service {
  /** Stops accepting, lets what is in flight finish within its deadline, and closes everything. */
  close(): Promise<void>;
}

/** A running service, or why there is none. */
export type StartResult<S extends Service = Service> =
  { readonly ok: true; readonly service: S } | { readonly ok: false; readonly errors: readonly StartError[] };

/** What happens on the way, for the log. */
export interface LifecycleEvents<S extends Service = Service> {
  started(service: S): void;
  /** The service accepts nothing more; what is in flight may still end. */
  stopping(signal: StopSignal): void;
  stopped(): void;
  notStarted(errors: readonly StartError[]): void;
}

/** What a process that gets a signal exits with: 128 and the number of the signal. */
const KILLED = { SIGTERM: 143, SIGINT: 130 } as const;

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Starts a service and runs it until SIGTERM or SIGINT, then stops it in an orderly way and gives exit code 0. A signal
 * during the start stops it as soon as it has started. A second signal ends the process at once. A service that cannot
 * start gives exit code 1.
 */
export async function runUntilSignal<S extends Service>(
  start: () => Promise<StartResult<S>>,
  events: LifecycleEvents<S>,
  process: { readonly signals: SignalSource; readonly exitNow: (code: number) => void },
): Promise<number> {
  const { promise: firstSignal, resolve } = Promise.withResolvers<StopSignal>();
  let isStopping = false;
  const onSignal = (signal: StopSignal): void => {
    if (isStopping) process.exitNow(KILLED[signal]);
    isStopping = true;
    resolve(signal);
  };
  for (const signal of STOP_SIGNALS) process.signals.on(signal, onSignal);
  try {
    const started = await start();
    if (!started.ok) {
      events.notStarted(started.errors);
      return EXIT.failure;
    }
    events.started(started.service);
    const signal = await firstSignal;
    const closed = started.service.close();
    // Told only now: whoever reads it can rely on it that nothing more is accepted.
    events.stopping(signal);
    await closed;
    events.stopped();
    return EXIT.ok;
  } finally {
    for (const signal of STOP_SIGNALS) process.signals.off(signal, onSignal);
  }
}
