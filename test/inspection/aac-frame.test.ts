import { describe, expect, it } from 'vitest';
import { adtsFrameLength } from '../../src/inspection/aac-frame.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { octets } from '../support/octets.ts';

describe('a frame of AAC in ADTS', () => {
  it.each([
    ['MPEG 4, without a checksum', 'fff1 5080 041f fc', 32],
    ['MPEG 2, with a checksum', 'fff8 5080 041f fc', 32],
    ['the longest', 'fff1 5083 ffff fc', 8191],
    ['its header alone', 'fff1 5080 00ff fc', 7],
    ['the lowest sampling rate', 'fff1 7080 041f fc', 32],
  ])('of %s (%s) has %i octets', (_, literal, length) => {
    expect(adtsFrameLength(new Octets(octets(literal)), 0)).toBe(length);
  });

  it.each([
    ['another sync word', 'ffe1 5080 041f fc'],
    ['a layer', 'fff3 5080 041f fc'],
    ['a sampling rate that is not assigned', 'fff1 7480 041f fc'],
    ['less than its header', 'fff1 5080 00df fc'],
    ['five octets', 'fff1 5080 04'],
  ])('is none with %s', (_, literal) => {
    expect(adtsFrameLength(new Octets(octets(literal)), 0)).toBeUndefined();
  });
});
