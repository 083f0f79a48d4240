import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { openHuntScanner } from '../../src/app/hunt-scanner.ts';
import { messageWith } from '../support/messages-with.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';
import { scanContext } from '../support/scan-subject.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const NEVER = new AbortController().signal;

function configWith(folder: string): Config {
  const directories = `[{ path: '${folder}', namespace: ours }]`;
  const loaded = readConfig(`rules: { builtIn: false, directories: ${directories} }`, {});
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
}

/** A root with one folder of rules. */
function rootWith(folder: string, rules: string): string {
  const root = scratchFolder();
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, 'a.yar'), rules);
  return root;
}

describe('the scanner of a hunt', () => {
  it('has the configured rules and those of the folder', async () => {
    const config = configWith(ruleFolder({ 'a.yar': ruleFor('first', 'FIRST') }));
    const opened = await openHuntScanner(config, rootWith('new', ruleFor('second', 'SECOND')), 'new', NEVER);
    if (!opened.ok) throw new Error(opened.problems.join());
    const message = messageWith([{ bytes: 'the first and the second word' }]);
    const outcome = await opened.scanner.scan(message, scanContext());
    const matches = outcome.kind === 'inspected' ? outcome.report.matches : [];
    expect(matches.map(({ namespace, rule }) => `${namespace}:${rule}`).toSorted()).toEqual([
      'hunt:SECOND',
      'ours:FIRST',
    ]);
    await opened.close();
    expect(await opened.scanner.scan(message, scanContext({ contentType: 'x' }))).toMatchObject({
      kind: 'not-inspected',
    });
  });

  it('says what is wrong with its rules', async () => {
    const config = configWith(ruleFolder({ 'a.yar': ruleFor('first', 'FIRST') }));
    const opened = await openHuntScanner(config, rootWith('new', 'rule broken {'), 'new', NEVER);
    expect(opened).toMatchObject({ ok: false, problems: [expect.stringContaining('a.yar:1')] });
  });

  it.each(['..', '../new', 'a/b', '/etc', '', '.hidden', 'a\0', 'x'.repeat(65)])(
    'takes no rules from %j',
    async (folder) => {
      const root = rootWith('new', ruleFor('second', 'SECOND'));
      const opened = await openHuntScanner(configWith(root), join(root, 'new'), folder, NEVER);
      expect(opened).toEqual({
        ok: false,
        problems: ['the rules of a hunt are named by the plain name of a folder'],
      });
    },
  );

  it('takes none where no folder is configured, or there is none of the name', async () => {
    const config = configWith(ruleFolder({ 'a.yar': ruleFor('first', 'FIRST') }));
    expect(await openHuntScanner(config, undefined, 'new', NEVER)).toMatchObject({ ok: false });
    expect(await openHuntScanner(config, scratchFolder(), 'new', NEVER)).toMatchObject({ ok: false });
  });

  it('is not opened for a hunt that is cancelled', async () => {
    const config = configWith(ruleFolder({ 'a.yar': ruleFor('first', 'FIRST') }));
    const opened = await openHuntScanner(
      config,
      rootWith('new', ruleFor('x', 'X')),
      'new',
      AbortSignal.abort(),
    );
    expect(opened).toMatchObject({ ok: false });
  });
});
