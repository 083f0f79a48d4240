import { describe, expect, it } from 'vitest';
import {
  MIDI_BYTES_MAX,
  MIDI_CHUNKS_MAX,
  midiDetector,
  type MIDI_FINDINGS,
} from '../../src/inspection/midi-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { chunkOf, midiOf, TRACK } from '../support/midi-sample.ts';
import { joined, zeros } from '../support/sample-octets.ts';

type Code = keyof typeof MIDI_FINDINGS;
const MIDI = { family: 'midi' };
const codes = (bytes: Uint8Array): readonly Code[] => codesOf(midiDetector, bytes, MIDI);
const tracks = (count: number): Uint8Array[] => Array<Uint8Array>(count).fill(TRACK);
const long = (bytes: number): Uint8Array => midiOf({ chunks: [chunkOf('MTrk', zeros(bytes - 22))] });

describe('a MIDI file', () => {
  it.each<[string, readonly Code[], Uint8Array]>([
    ['two tracks', [], midiOf()],
    ['each format', [], midiOf({ format: 2 })],
    ['chunks that players skip', [], midiOf({ chunks: [TRACK, chunkOf('XFIH', zeros(5))], declared: 1 })],
    ['time by the second', [], midiOf({ division: 0xe728 })],
    ['as many chunks as are walked', [], midiOf({ chunks: tracks(MIDI_CHUNKS_MAX) })],
    ['as many octets as are usual', [], long(MIDI_BYTES_MAX)],
    ['another format', ['midi-format-unknown'], midiOf({ format: 3 })],
    ['units of nothing', ['midi-division-zero'], midiOf({ division: 0 })],
    ['a track more than declared', ['midi-track-count-mismatch'], midiOf({ declared: 1 })],
    ['a track less than declared', ['midi-track-count-mismatch'], midiOf({ declared: 3 })],
    ['a last track that is cut off', ['midi-truncated'], midiOf().subarray(0, -1)],
    ['a header of a track that is cut off', ['midi-truncated'], midiOf().subarray(0, -7)],
    ['something behind the last track', ['midi-trailing'], joined(midiOf(), '\0junk')],
    [
      'more chunks than are walked',
      ['midi-chunks-over-limit'],
      midiOf({ chunks: tracks(MIDI_CHUNKS_MAX + 1) }),
    ],
    ['more octets than are usual', ['midi-over-limit'], long(MIDI_BYTES_MAX + 1)],
  ])('with %s is reported as %j', (_, found, bytes) => {
    expect(codes(bytes)).toEqual(found);
    expect(codesOf(midiDetector, bytes, { family: 'mp3' })).toEqual([]);
  });

  it('is reported with what was declared and what is there', () => {
    expect(detectionsOf(midiDetector, midiOf({ declared: 9 }), MIDI)).toEqual([
      { code: 'midi-track-count-mismatch', offset: 10, evidence: { declared: 9, tracks: 2 } },
    ]);
  });

  it('never makes the detector throw', () => {
    detectTruncated(midiDetector, midiOf(), MIDI);
    detectMutated(midiDetector, [midiOf(), midiOf({ division: 0, format: 7 })], MIDI);
  });
});
