/** How much two values are alike, from "the same" to "not alike"; null where one of them is missing, which says nothing. */
export const LEVELS = ['same', 'nearly', 'close', 'alike', 'akin', 'remote', 'other'] as const;

/** The least similarity of each level but the last; `same` is equality. */
export const LEAST = [1, 0.93, 0.86, 0.79, 0.7, 0.6] as const;

/** Candidate pairs whose fields are alike to the same levels. */
export interface Pattern {
  /** A level for each field, as its place in `LEVELS`; null where a value is missing. */
  readonly levels: readonly (number | null)[];
  readonly pairs: number;
  /** Of these, pairs that are not the likeliest of their row of the list: nearly all of them are of two different things. */
  readonly others: number;
}

export interface Weights {
  /** Of each field and level: log2 of how much likelier it is of a pair that is one thing than of one that is two. */
  readonly bits: readonly (readonly number[])[];
  /** log2 of the odds that a candidate pair is one thing, before it is looked at. */
  readonly prior: number;
}

/** Stated: how alike two writings of one thing are; where the data say something else, they are followed. */
const STATED_M = [0.4, 0.2, 0.16, 0.1, 0.08, 0.04, 0.02];
/** Of the rows with a candidate, stated: those that are one thing with it. */
const EXPECTED = 0.8;
const ROUNDS = 25;
/** What is added to each count, so that nothing is impossible because it has not been seen. */
const SMOOTHING = 0.5;
/** In pairs: how much the stated likelihoods weigh against those of the data. */
const STATED_PAIRS = 50;

/**
 * Weights of Fellegi and Sunter (1969). How alike different things are (u) is measured on the pairs that are not the likeliest
 * of their row; how alike writings of one thing are (m), and how many pairs are such, is estimated by expectation and
 * maximisation over all candidate pairs, from stated values on. Fields are taken for independent. Deterministic.
 * @param rows of the list that have a candidate
 */
export function estimatedWeights(patterns: readonly Pattern[], fields: number, rows: number): Weights {
  const u = Array.from({ length: fields }, (_, field) =>
    shares(
      LEVELS.map(
        (__, level) => SMOOTHING + sum(patterns, (pattern) => (pattern.levels[field] === level ? pattern.others : 0)),
      ),
    ),
  );
  let m = Array.from({ length: fields }, () => STATED_M);
  const pairs = sum(patterns, (pattern) => pattern.pairs);
  if (pairs === 0) return { bits: bitsOf(m, u), prior: 0 };
  let share = clamped((EXPECTED * rows) / pairs);
  for (let round = 0; round < ROUNDS; round += 1) {
    const weights = { bits: bitsOf(m, u), prior: Math.log2(share / (1 - share)) };
    const expected = patterns.map((pattern) => pattern.pairs * probability(bitsOfPattern(pattern.levels, weights)));
    m = m.map((_, field) =>
      shares(
        LEVELS.map(
          (__, level) =>
            STATED_PAIRS * (STATED_M[level] ?? 0) +
            sum(patterns, (pattern, i) => (pattern.levels[field] === level ? (expected[i] ?? 0) : 0)),
        ),
      ),
    );
    share = clamped(
      Math.min(
        sum(expected, (count) => count),
        rows,
      ) / pairs,
    );
  }
  return { bits: bitsOf(m, u), prior: Math.log2(share / (1 - share)) };
}

/** log2 of the odds that a pair is one thing. */
export const bitsOfPattern = (levels: Pattern['levels'], { bits, prior }: Weights): number =>
  levels.reduce<number>((total, level, field) => total + (level === null ? 0 : (bits[field]?.[level] ?? 0)), prior);

const probability = (bits: number): number => 1 / (1 + 2 ** -bits);
const clamped = (share: number): number => Math.min(0.999, Math.max(1e-9, share));

const bitsOf = (m: readonly (readonly number[])[], u: readonly (readonly number[])[]): number[][] =>
  m.map((likelihoods, field) =>
    falling(likelihoods.map((likelihood, level) => Math.log2(likelihood / (u[field]?.[level] ?? 1)))),
  );

/** Being more alike never speaks against a pair: a level that was seldom seen has no less than the one below it. */
function falling(bits: readonly number[]): number[] {
  const levels = [...bits];
  for (let i = levels.length - 2; i >= 0; i -= 1) levels[i] = Math.max(levels[i] ?? 0, levels[i + 1] ?? 0);
  return levels;
}

function shares(counts: readonly number[]): number[] {
  const total = sum(counts, (count) => count);
  return counts.map((count) => count / total);
}

const sum = <T>(of: readonly T[], value: (one: T, i: number) => number): number =>
  of.reduce((total, one, i) => total + value(one, i), 0);
