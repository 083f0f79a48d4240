/** A compiled rule set as threads hand it to one another. */
import type { RuleTarget } from '../inspection/rule-match.ts';
import type { EngineImage } from './engine-instance.ts';
import type { ExternalName } from './externals.ts';

/** An engine's memory with rules in it, and where they are. Nothing is copied when a thread gets it. */
export interface RuleImage extends EngineImage {
  readonly program: WebAssembly.Module;
  /** The address of the rules for some targets. */
  readonly groups: readonly { readonly targets: readonly RuleTarget[]; readonly rules: number }[];
  /** The address of the rules of the self-test. */
  readonly selfTest: number;
  /** The variables that the rules use. */
  readonly externals: readonly ExternalName[];
}
