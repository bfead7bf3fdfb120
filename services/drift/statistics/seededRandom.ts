/**
 * A stream of uniform numbers that one seed fixes on every machine: Blackman and Vigna's xoshiro128** (2018), started
 * by the splitmix32 finaliser so that neighbouring seeds have nothing in common.
 */
export class SeededRandom {
  private readonly state = new Uint32Array(4);

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      word = (word + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      this.state[i] = mixed ^ (mixed >>> 15);
    }
  }

  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number {
    const state = this.state;
    const second = state[1] as number;
    const product = Math.imul(second, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    state[2] = (state[2] as number) ^ (state[0] as number);
    state[3] = (state[3] as number) ^ second;
    state[1] = second ^ (state[2] as number);
    state[0] = (state[0] as number) ^ (state[3] as number);
    state[2] = (state[2] as number) ^ (second << 9);
    const last = state[3] as number;
    state[3] = (last << 11) | (last >>> 21);
    return result / 4294967296;
  }

  /** Uniform among 0, 1, ..., below - 1. */
  index(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** Puts `count` entries, drawn without replacement, at the front of an array (all by default, a shuffle). */
  shuffle(values: Int32Array, count = values.length): void {
    for (let i = 0; i < count && i < values.length - 1; i++) {
      const j = i + this.index(values.length - i);
      const kept = values[i] as number;
      values[i] = values[j] as number;
      values[j] = kept;
    }
  }
}

/** 0, 1, ..., size - 1. */
export function indices(size: number): Int32Array {
  const all = new Int32Array(size);
  for (let i = 0; i < size; i++) all[i] = i;
  return all;
}
