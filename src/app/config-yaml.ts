import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

/** Uses of YAML aliases that a text may have: a few copies, never an alias bomb. */
export const ALIASES_MAX = 32;
/** Syntax errors that are reported of one text; the rest tend to follow from the first. */
export const SYNTAX_ERRORS_MAX = 10;

/** Why a text is not YAML that we take. */
export interface YamlError {
  readonly message: string;
  /** From 1. */
  readonly line?: number;
}

/** Where a path stands in the text. */
export interface YamlPlace {
  /** Line from 1 of the path, or of as much of it as there is. */
  readonly line: number;
  /** How many steps of the path there are. */
  readonly depth: number;
}

/** What a YAML text says. */
export type YamlReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly placeOf: (path: readonly PropertyKey[]) => YamlPlace;
    }
  | { readonly ok: false; readonly errors: readonly YamlError[] };

/**
 * Reads one YAML 1.2 document (core schema). Duplicate keys, unknown tags, keys that are not text, further documents
 * and alias bombs are errors. Never throws.
 */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      logLevel: 'error',
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: true,
    });
    const problems = [...document.errors, ...document.warnings];
    if (problems.length > 0) {
      const errors = problems.map(({ message, pos }) => ({ message, line: lines.linePos(pos[0]).line }));
      return { ok: false, errors: errors.slice(0, SYNTAX_ERRORS_MAX) };
    }
    const value: unknown = document.toJS({ maxAliasCount: ALIASES_MAX });
    return { ok: true, value, placeOf: (path) => placeIn(document, lines, path) };
  } catch (error) {
    // The library throws for what it finds only while it resolves aliases.
    return { ok: false, errors: [{ message: error instanceof Error ? error.message : String(error) }] };
  }
}

function placeIn(document: Document, lines: LineCounter, path: readonly PropertyKey[]): YamlPlace {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  let depth = 0;
  for (const step of path) {
    const found = stepInto(isAlias(node) ? node.resolve(document) : node, step);
    if (found === undefined) break;
    node = found.value;
    offset = offsetOf(found.at) ?? offset;
    depth += 1;
  }
  return { line: Math.max(1, lines.linePos(offset).line), depth };
}

/** The value at one step, and the node whose line is shown for it: the key of a pair, the item of a list. */
function stepInto(
  node: unknown,
  step: PropertyKey,
): { readonly at: unknown; readonly value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair && { at: pair.key, value: pair.value };
  }
  if (!isSeq(node) || typeof step !== 'number' || step >= node.items.length) return undefined;
  return { at: node.items[step], value: node.items[step] };
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
