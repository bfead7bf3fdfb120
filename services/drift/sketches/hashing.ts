/** Two independent 32-bit hashes of one value, mixed by the finalisers of MurmurHash3 and splitmix. */
export interface HashPair {
  first: number;
  second: number;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** Hashes a double into `target`, which is returned; the same on little- and big-endian machines. */
export function hashNumber(value: number, target: HashPair): HashPair {
  double[0] = value;
  return hashWords(words[LOW] as number, words[1 - LOW] as number, target);
}

/** Hashes text by its UTF-16 code units into `target`, which is returned. */
export function hashText(value: string, target: HashPair): HashPair {
  let a = 0x811c9dc5;
  let b = 0x9747b28c ^ value.length;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return hashWords(a, b, target);
}

const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

function hashWords(low: number, high: number, target: HashPair): HashPair {
  let a = Math.imul(low ^ 0x85ebca6b, 0xcc9e2d51);
  a = Math.imul((a ^ (a >>> 15)) + high, 0x1b873593);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  let b = Math.imul(high ^ 0x9e3779b9, 0x21f0aaad);
  b = Math.imul((b ^ (b >>> 15)) + low, 0x735a2d97);
  b = Math.imul(b ^ (b >>> 16) ^ a, 0x85ebca6b);
  target.first = (a ^ (a >>> 16)) >>> 0;
  target.second = (b ^ (b >>> 15)) >>> 0;
  return target;
}
