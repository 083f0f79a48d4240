import { Document, isMap, isScalar } from 'yaml';
import { z } from 'zod';
import { CONFIG_OUTLINE } from './config-keys.ts';
import type { KeyOrigin } from './config-load.ts';
import { CONFIG_SCHEMA, type Config } from './config-schema.ts';

/** Columns of a help text in `config show`, its indent not counted. */
const COMMENT_COLUMNS = 96;

/** The configuration file as JSON Schema (draft 2020-12), for editors. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(CONFIG_SCHEMA, { io: 'input' });
  return `${JSON.stringify({ title: 'mmsguard', ...schema }, undefined, 2)}\n`;
}

/** What `config show` begins with. */
const HEADING =
  'Configuration of mmsguard. In brackets: where a value comes from, and the environment variable that overrides it.';

/**
 * A configuration as YAML. Above each key stand its help text, where its value came from, and the environment variable
 * that overrides it. The text is itself a configuration file that means the same.
 */
export function showConfig(config: Config, originOf: (path: readonly string[]) => KeyOrigin): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  document.commentBefore = comment(HEADING);
  const comments = new Map<string, string>();
  for (const { path, help } of CONFIG_OUTLINE.groups) comments.set(path.join('.'), comment(help));
  for (const { path, help, environmentName } of CONFIG_OUTLINE.keys) {
    const origin = `(${originText(originOf(path))}; ${environmentName})`;
    comments.set(path.join('.'), `${comment(help)}\n ${origin}`);
  }
  annotate(document.contents, [], comments);
  return document.toString({ lineWidth: 0 });
}

/** Puts the comments above the keys of a group and of those inside it, and an empty line above each top key. */
function annotate(group: unknown, path: readonly string[], comments: ReadonlyMap<string, string>): void {
  if (!isMap(group)) return;
  for (const { key, value } of group.items) {
    if (!isScalar(key)) continue;
    const keyPath = [...path, String(key.value)];
    const text = comments.get(keyPath.join('.'));
    if (text !== undefined) key.commentBefore = text;
    key.spaceBefore = path.length === 0;
    annotate(value, keyPath, comments);
  }
}

function originText(origin: KeyOrigin): string {
  switch (origin.source) {
    case 'default':
      return 'default';
    case 'file':
      return `file, line ${origin.line}`;
    case 'environment':
      return 'environment';
  }
}

/** Folds a text between words into lines of a YAML comment. */
function comment(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length < COMMENT_COLUMNS) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.join('\n');
}
