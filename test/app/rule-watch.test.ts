import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchRules } from '../../src/app/rule-watch.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const INTERVAL_MS = 20;

async function watched(prepare: (folder: string) => Promise<void> = () => Promise.resolve()) {
  const folder = scratchFolder();
  await prepare(folder);
  const onChange = vi.fn();
  const watching = watchRules([join(folder, 'rules'), folder], onChange, INTERVAL_MS);
  onTestFinished(() => watching.close());
  await new Promise((resolve) => setTimeout(resolve, 3 * INTERVAL_MS));
  expect(onChange).not.toHaveBeenCalled();
  return { folder, onChange, watching };
}

const once = async (onChange: ReturnType<typeof vi.fn>): Promise<void> => {
  await vi.waitFor(
    () => {
      expect(onChange).toHaveBeenCalledOnce();
    },
    { timeout: 5000 },
  );
};

describe('watchRules', () => {
  it('tells of a file that is written', async () => {
    const { folder, onChange } = await watched();
    await writeFile(join(folder, 'a.yar'), 'rule a {condition: true}');
    await once(onChange);
  });

  it('tells once of a file that is written beside and renamed over', async () => {
    const { folder, onChange } = await watched((at) => writeFile(join(at, 'a.yar'), 'old'));
    await writeFile(join(folder, 'a.yar.new'), 'new');
    await rename(join(folder, 'a.yar.new'), join(folder, 'a.yar'));
    await once(onChange);
  });

  it('tells of a file in a folder below, and of one that goes', async () => {
    const { folder, onChange } = await watched(async (at) => {
      await mkdir(join(at, 'below'));
      await writeFile(join(at, 'below', 'a.yar'), 'old');
    });
    await rm(join(folder, 'below', 'a.yar'));
    await once(onChange);
  });

  it('tells of a link that is pointed elsewhere, as deployments do it', async () => {
    const { folder, onChange } = await watched(async (at) => {
      await mkdir(join(at, 'v1'));
      await mkdir(join(at, 'v2'));
      await symlink('v1', join(at, 'current'));
    });
    await symlink('v2', join(folder, 'next'));
    await rename(join(folder, 'next'), join(folder, 'current'));
    await once(onChange);
  });

  it('tells of a directory that was not there', async () => {
    const { folder, onChange } = await watched();
    await mkdir(join(folder, 'rules'));
    await writeFile(join(folder, 'rules', 'a.yar'), 'rule a {condition: true}');
    await once(onChange);
  });

  it('waits until nothing is written any more', async () => {
    const { folder, onChange } = await watched();
    for (let count = 0; count < 20; count += 1) {
      await writeFile(join(folder, `${count}.yar`), '');
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS / 4));
    }
    await vi.waitFor(() => {
      expect(onChange).toHaveBeenCalled();
    });
    const during = onChange.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 5 * INTERVAL_MS));
    expect([onChange.mock.calls.length, during < 5]).toEqual([during, true]);
  });

  it('tells nothing after it was closed', async () => {
    const { folder, onChange, watching } = await watched();
    await writeFile(join(folder, 'a.yar'), '');
    await watching.close();
    await new Promise((resolve) => setTimeout(resolve, 5 * INTERVAL_MS));
    expect(onChange).not.toHaveBeenCalled();
  });
});
