/** A compiled rule set as threads hand it to one another. */
import type { EngineImage } from './engine-instance.ts';
import type { ExternalName } from './externals.ts';
import type { ScanKind } from './rule-groups.ts';

/** An engine's memory with rules in it, and where they are. Nothing is copied when a thread gets it. */
export interface RuleImage extends EngineImage {
  readonly program: WebAssembly.Module;
  /** The address of the rules for some kinds of scans. */
  readonly groups: readonly { readonly kinds: readonly ScanKind[]; readonly rules: number }[];
  /** The address of the rules of the self-test. */
  readonly selfTest: number;
  /** The variables that the rules use. */
  readonly externals: readonly ExternalName[];
}
