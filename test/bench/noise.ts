/** Octets that look random and are the same in every run (xorshift32), as incompressible as a picture's. */
export function octetNoise(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
}
