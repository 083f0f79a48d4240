/** A compiled rule set as threads hand it to one another: nothing in it is copied but a few numbers. */
import type { RuleTarget } from '../inspection/rule-match.ts';
import type { EngineImage } from './engine-instance.ts';
import type { ExternalName } from './externals.ts';

/** Compiled rules in an engine's memory. */
export interface RuleGroup {
  readonly targets: readonly RuleTarget[];
  /** Their address. */
  readonly rules: number;
}

/** An engine with its rules compiled. */
export interface RuleImage extends EngineImage {
  readonly program: WebAssembly.Module;
  readonly groups: readonly RuleGroup[];
  /** The address of the rules of the self-test. */
  readonly selfTest: number;
  /** The variables that the rules use. */
  readonly externals: readonly ExternalName[];
}
