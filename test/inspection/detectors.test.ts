import { describe, expect, it } from 'vitest';
import { FINDINGS, PART_DETECTORS } from '../../src/inspection/detectors.ts';
import { SEVERITIES } from '../../src/inspection/finding.ts';
import { readdirSync } from 'node:fs';

describe('the detectors', () => {
  it('are all in the list', () => {
    const files = readdirSync('src/inspection').filter((name) => name.endsWith('-detector.ts'));
    const inMessages = ['message-detector.ts', 'protocol-detector.ts', 'size-detector.ts'];
    expect(PART_DETECTORS.map(({ name }) => name).toSorted()).toHaveLength(files.length - inMessages.length);
  });

  it('have names and codes that are theirs alone', () => {
    const codes = PART_DETECTORS.flatMap(({ findings }) => Object.keys(findings));
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(PART_DETECTORS.map(({ name }) => name)).size).toBe(PART_DETECTORS.length);
  });

  it.each(Object.entries(FINDINGS))('explain %s to an analyst', (code, { severity, description }) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(SEVERITIES).toContain(severity);
    expect(description.length).toBeGreaterThan(15);
  });
});
