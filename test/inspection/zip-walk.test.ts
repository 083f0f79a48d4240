import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import type { InflateRaw } from '../../src/inspection/part-view.ts';
import {
  ZIP_DEPTH_MAX,
  ZIP_ENTRIES_MAX,
  ZIP_RATIO_FREE_BYTES,
  ZIP_RATIO_MAX,
  ZIP_TOTAL_BYTES_MAX,
} from '../../src/inspection/zip-archive.ts';
import { walkZip } from '../../src/inspection/zip-walk.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';
import { joined, zeros } from '../support/sample-octets.ts';
import { ORDINARY_ZIP, zipOf, type SampleMember } from '../support/zip-sample.ts';

/** The steps in short: an archive by its depth, a member by its number and kind, a limit by its name. */
function stepsOf(bytes: Uint8Array, inflate: InflateRaw = inflateRaw): readonly string[] {
  return [...walkZip(new Octets(bytes), inflate)].map((step) => {
    if (step.kind === 'archive') return `archive ${step.depth}`;
    return step.kind === 'limit' ? `${step.limit} at ${step.number}` : `${step.number} ${step.opened.kind}`;
  });
}

const nested = (depth: number): Uint8Array =>
  depth === 1 ? ORDINARY_ZIP : zipOf([{ name: 'inner.zip', content: nested(depth - 1) }]);

describe('the walk of an archive', () => {
  it('opens nested archives where they stand', () => {
    const zip = zipOf([
      { name: 'inner.zip', content: ORDINARY_ZIP },
      { name: 'last', content: 'x' },
    ]);
    expect(stepsOf(zip)).toEqual(['archive 1', '0 opened', 'archive 2', '1 opened', '2 opened', '3 opened']);
  });

  it('gives nothing for what is no archive', () => {
    expect(stepsOf(zeros(100))).toEqual([]);
  });

  it('opens archives as deep as the limit, and no deeper', () => {
    expect(stepsOf(nested(ZIP_DEPTH_MAX)).filter((step) => step.startsWith('depth'))).toEqual([]);
    expect(stepsOf(nested(ZIP_DEPTH_MAX + 1)).at(-1)).toBe(`depth at ${ZIP_DEPTH_MAX - 1}`);
  });

  it('goes on after an archive that is too deep', () => {
    const zip = zipOf([
      { name: 'deep.zip', content: nested(ZIP_DEPTH_MAX) },
      { name: 'last', content: 'x' },
    ]);
    expect(stepsOf(zip).slice(-2)).toEqual(['depth at 2', '3 opened']);
  });

  it('counts the members of all archives against the limit', () => {
    const members = (count: number): SampleMember[] =>
      Array<SampleMember>(count).fill({ name: 'a', content: '' });
    const split = (inner: number): Uint8Array =>
      zipOf([...members(500), { name: 'inner.zip', content: zipOf(members(inner)), method: 0 }]);
    expect(stepsOf(split(ZIP_ENTRIES_MAX - 501)).at(-1)).toBe('999 opened');
    expect(stepsOf(split(ZIP_ENTRIES_MAX - 500)).at(-1)).toBe('entries at 1000');
  });
});

describe('the bytes that a walk inflates', () => {
  it('may have any ratio up to a size, and beyond it no more than the limit', () => {
    const blank = (size: number): readonly string[] => stepsOf(zipOf([{ name: 'a', content: zeros(size) }]));
    expect(blank(ZIP_RATIO_FREE_BYTES)).toEqual(['archive 1', '0 opened']);
    expect(blank(ZIP_RATIO_FREE_BYTES + 1)).toEqual(['archive 1', '0 over-limit', 'ratio at 0']);
  });

  it('are asked for by the ratio where that is more', () => {
    const asked: number[] = [];
    const inflate: InflateRaw = (compressed, bytesMax) => {
      asked.push(bytesMax);
      return { kind: 'inflated', bytes: zeros(3), consumed: compressed.length };
    };
    const data = { name: 'a', content: zeros(100_000), method: 0 };
    const both = { method: 8, compressedSize: 100_000 };
    stepsOf(zipOf([{ ...data, local: both, directory: both }]), inflate);
    expect(asked).toEqual([100_000 * ZIP_RATIO_MAX]);
  });

  it('are no more together than the limit, and the walk ends there', () => {
    const member = { name: 'a', content: zeros(ZIP_RATIO_FREE_BYTES) };
    const fitting = Math.floor(ZIP_TOTAL_BYTES_MAX / ZIP_RATIO_FREE_BYTES);
    const steps = (count: number): readonly string[] =>
      stepsOf(zipOf(Array<SampleMember>(count).fill(member)));
    expect(steps(fitting).at(-1)).toBe(`${fitting - 1} opened`);
    expect(steps(fitting + 2).slice(-2)).toEqual([`${fitting} over-limit`, `total at ${fitting}`]);
  });

  it('count what a broken stream may have given', () => {
    const asked: number[] = [];
    const inflate: InflateRaw = (_, bytesMax) => {
      asked.push(bytesMax);
      return { kind: 'broken' };
    };
    const data = { name: 'a', content: zeros(100_000), method: 0 };
    const both = { method: 8 };
    stepsOf(zipOf(Array<SampleMember>(20).fill({ ...data, local: both, directory: both })), inflate);
    expect(asked).toEqual([1e7, 1e7, 1e7, 1e7, 1e7]);
  });

  it('are stored ones too, where archives share octets', () => {
    const zip = zipOf([
      { name: 'a', content: zeros(20_000_000), method: 0 },
      ...[1, 2, 3].map(() => ({
        name: 'a',
        content: zeros(20_000_000),
        method: 0,
        directory: { localOffset: 0 },
      })),
    ]);
    expect(stepsOf(joined(zip)).at(-1)).toBe('total at 2');
  });
});
