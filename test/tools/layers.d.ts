import type { Linter } from 'eslint';

/** One layer of src: whether it is pure, and what it may import. */
export interface Layer {
  readonly pure: boolean;
  readonly imports: readonly string[];
}

export const LAYERS: Readonly<Record<string, Layer>>;

export function fence(layer: string, row: Layer): Linter.Config;
