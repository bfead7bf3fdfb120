import { type AreaUnderCurve, areaUnderCurve } from "./areaUnderCurve";
import { sortSample } from "./samples";
import { indices, SeededRandom } from "./seededRandom";
import { StatisticsError } from "./statisticsError";

/** Distinct words are hashed into so many counts: bounded memory for any vocabulary. */
const WORDS = 1 << 15;
const LEAST_TEXTS = 10;

/**
 * Trains a naive Bayes classifier of words to tell current texts from reference texts on one half of each, and scores
 * the other halves: an area of 0.5 means that it cannot. The scored texts are never trained on, so the p-value is valid
 * (Lopez-Paz and Oquab 2017; multinomial model of McCallum and Nigam 1998). Throws StatisticsError below 10 texts a side.
 */
export function domainClassifier(reference: readonly string[], current: readonly string[], seed = 42): AreaUnderCurve {
  if (Math.min(reference.length, current.length) < LEAST_TEXTS) {
    throw new StatisticsError(
      `${reference.length} reference and ${current.length} current texts: at least ${LEAST_TEXTS} of each are needed`,
    );
  }
  const random = new SeededRandom(seed);
  const [trainReference, testReference] = halves(reference, random);
  const [trainCurrent, testCurrent] = halves(current, random);
  const weights = logRatios(wordCounts(trainReference), wordCounts(trainCurrent));
  const score = (text: string) => {
    let sum = 0;
    let words = 0;
    for (const word of hashedWords(text)) {
      sum += weights[word] as number;
      words++;
    }
    // The mean, so that a long text is not told by its length alone.
    return words === 0 ? 0 : sum / words;
  };
  return areaUnderCurve(sortSample(testReference.map(score)), sortSample(testCurrent.map(score)));
}

/** Words of a text as whoever compares texts sees them: runs of letters and digits, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function halves(texts: readonly string[], random: SeededRandom): [string[], string[]] {
  const order = indices(texts.length);
  random.shuffle(order);
  const picked = Array.from(order, (i) => texts[i] as string);
  const half = texts.length >>> 1;
  return [picked.slice(0, half), picked.slice(half)];
}

function wordCounts(texts: readonly string[]): Float64Array {
  const counts = new Float64Array(WORDS);
  for (const text of texts) for (const word of hashedWords(text)) counts[word] = (counts[word] as number) + 1;
  return counts;
}

/** Logarithms of how much likelier a word is in current texts, one occurrence added to each (Laplace). */
function logRatios(reference: Float64Array, current: Float64Array): Float64Array {
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, WORDS);
  const shift = Math.log(total(reference) / total(current));
  return reference.map((count, word) => Math.log(((current[word] as number) + 1) / (count + 1)) + shift);
}

/** FNV-1a over the characters of each word. */
function hashedWords(text: string): number[] {
  return wordsOf(text).map((word) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
    return (hash ^ (hash >>> 15)) & (WORDS - 1);
  });
}
