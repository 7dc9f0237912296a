import type { AggregateHow, Constant } from './syntax.ts';

/**
 * A function that statements may use. The same arguments have the same result at any time, on any machine and in any
 * order, and time and memory grow with what comes in. `constants` are its arguments where they are constants.
 */
export interface ScalarRule {
  /** How many times as long as its arguments together a text of it can be; 1 unless stated. */
  readonly growth?: (constants: readonly (Constant | undefined)[]) => number;
  /** What is wrong with these arguments, and what to write instead. */
  readonly problem?: (constants: readonly (Constant | undefined)[]) => string | undefined;
  /** It gives one of its arguments as it is. */
  readonly chooses?: true;
}

const plain: ScalarRule = {};
const chooses: ScalarRule = { chooses: true };

const LONGEST_PATTERN = 200;
/** RE2 unrolls counted repetitions. */
const MOST_REPETITIONS = 100;

/** A pattern is a constant, so that it is made once and nobody's data are patterns. */
function patternProblem(pattern: Constant | undefined): string | undefined {
  if (typeof pattern !== 'string') return 'a pattern is written into the statement, as a text in quotes';
  if (pattern.length > LONGEST_PATTERN) return `a pattern has at most ${LONGEST_PATTERN} characters`;
  const counts = [...pattern.matchAll(/\{(\d*),?(\d*)\}/g)].flatMap(([, least, most]) => [Number(least), Number(most)]);
  return counts.reduce((product, count) => product * Math.max(1, count), 1) > MOST_REPETITIONS
    ? `the repetitions of a pattern, {n}, are together at most ${MOST_REPETITIONS}`
    : undefined;
}

const MOST_WILDCARDS = 3;

/** LIKE tries every place for every `%`. */
function likeProblem(pattern: Constant | undefined): string | undefined {
  if (typeof pattern !== 'string')
    return 'what LIKE compares with is written into the statement; see starts_with, contains';
  return pattern.split('%').length - 1 > MOST_WILDCARDS ? `LIKE has at most ${MOST_WILDCARDS} times %` : undefined;
}

const regular: ScalarRule = { problem: ([, pattern]) => patternProblem(pattern) };
const like: ScalarRule = { problem: ([, pattern]) => likeProblem(pattern) };

/** What stands for one character of what came. */
const lengthOf = (text: Constant | undefined): number =>
  typeof text === 'string' ? Math.max(1, text.length) : Infinity;

const replaced: ScalarRule = { growth: ([, , to]) => lengthOf(to) };
const replacedByPattern: ScalarRule = {
  problem: ([, pattern]) => patternProblem(pattern),
  // A pattern may match between any two characters, and `\1` stands for what was found.
  growth: ([, , to]) => (typeof to === 'string' && !/\\\d.*\\\d/.test(to) ? 2 + to.length : Infinity),
};

const LONGEST_PADDING = 1_000;
const padded: ScalarRule = {
  problem: ([, length]) =>
    typeof length === 'number' && length <= LONGEST_PADDING
      ? undefined
      : `the length is written into the statement, at most ${LONGEST_PADDING}`,
  growth: () => 10,
};

const stated = (what: string, at: number): ScalarRule => ({
  problem: (constants) =>
    typeof constants[at] === 'string' ? undefined : `${what} is written into the statement, as a text in quotes`,
});
const part = stated('the part of a date', 0);
const format = stated('the format of a date', 1);
const zone = stated('the time zone', 0);

/** Functions and operators of one record, by DuckDB's names (https://duckdb.org/docs/stable/sql/functions/overview). */
export const SCALARS: ReadonlyMap<string, ScalarRule> = new Map(
  Object.entries({
    // Text.
    '||': plain,
    concat: plain,
    concat_ws: { growth: ([separator]: readonly (Constant | undefined)[]) => 1 + lengthOf(separator) },
    upper: plain,
    lower: plain,
    ucase: plain,
    lcase: plain,
    trim: plain,
    ltrim: plain,
    rtrim: plain,
    length: plain,
    len: plain,
    char_length: plain,
    character_length: plain,
    substring: plain,
    substr: plain,
    left: plain,
    right: plain,
    reverse: plain,
    replace: replaced,
    translate: plain,
    lpad: padded,
    rpad: padded,
    split_part: plain,
    position: plain,
    strpos: plain,
    instr: plain,
    contains: plain,
    starts_with: plain,
    '^@': plain,
    prefix: plain,
    ends_with: plain,
    suffix: plain,
    ascii: plain,
    unicode: plain,
    chr: plain,
    nfc_normalize: plain,
    '~~': like,
    '!~~': like,
    '~~*': like,
    '!~~*': like,
    like_escape: like,
    not_like_escape: like,
    ilike_escape: like,
    not_ilike_escape: like,
    regexp_matches: regular,
    regexp_full_match: regular,
    regexp_extract: regular,
    regexp_replace: replacedByPattern,
    // Numbers. None whose last digit is the machine's: no logarithms, no powers, no trigonometry.
    '+': plain,
    '-': plain,
    '*': plain,
    '/': plain,
    '//': plain,
    '%': plain,
    mod: plain,
    abs: plain,
    ceil: plain,
    ceiling: plain,
    floor: plain,
    round: plain,
    trunc: plain,
    sign: plain,
    sqrt: plain,
    isnan: plain,
    isinf: plain,
    isfinite: plain,
    // Dates and times.
    date_part: part,
    datepart: part,
    date_trunc: part,
    datetrunc: part,
    date_diff: part,
    datediff: part,
    date_sub: part,
    datesub: part,
    year: plain,
    quarter: plain,
    month: plain,
    week: plain,
    day: plain,
    dayofmonth: plain,
    dayofweek: plain,
    isodow: plain,
    dayofyear: plain,
    hour: plain,
    minute: plain,
    second: plain,
    last_day: plain,
    make_date: plain,
    strftime: format,
    strptime: format,
    try_strptime: format,
    timezone: zone,
    to_years: plain,
    to_months: plain,
    to_weeks: plain,
    to_days: plain,
    to_hours: plain,
    to_minutes: plain,
    to_seconds: plain,
    // One of several.
    ifnull: chooses,
    nullif: chooses,
    greatest: chooses,
    least: chooses,
  } satisfies Record<string, ScalarRule>),
);

/** One value of many records. */
export interface AggregateRule {
  readonly how: AggregateHow;
  /** Its result is that of an order, which has to be stated. */
  readonly ordered?: true;
  /** It adds numbers, whose last digit can hang on their order where they are of type DOUBLE. */
  readonly adds?: true;
  /** Not over a window: each record would have a text of all. */
  readonly grouped?: true;
}

const counted: AggregateRule = { how: 'counted' };
const copied: AggregateRule = { how: 'copied' };
const added: AggregateRule = { how: 'aggregated', adds: true };
const aggregated: AggregateRule = { how: 'aggregated' };

export const AGGREGATES: ReadonlyMap<string, AggregateRule> = new Map(
  Object.entries({
    count: counted,
    count_star: counted,
    count_if: counted,
    countif: counted,
    min: copied,
    max: copied,
    sum: added,
    avg: added,
    mean: added,
    stddev: added,
    stddev_samp: added,
    stddev_pop: added,
    variance: added,
    var_samp: added,
    var_pop: added,
    median: copied,
    bool_and: aggregated,
    bool_or: aggregated,
    string_agg: { how: 'copied', ordered: true, grouped: true },
    group_concat: { how: 'copied', ordered: true, grouped: true },
    listagg: { how: 'copied', ordered: true, grouped: true },
  } satisfies Record<string, AggregateRule>),
);

/** Functions of windows beside the aggregates, by DuckDB's type of the expression. */
export const WINDOWS: ReadonlyMap<string, { readonly how: AggregateHow }> = new Map([
  ['WINDOW_ROW_NUMBER', counted],
  ['WINDOW_RANK', counted],
  ['WINDOW_RANK_DENSE', counted],
  ['WINDOW_PERCENT_RANK', counted],
  ['WINDOW_CUME_DIST', counted],
  ['WINDOW_NTILE', counted],
  ['WINDOW_LAG', copied],
  ['WINDOW_LEAD', copied],
  ['WINDOW_FIRST_VALUE', copied],
  ['WINDOW_LAST_VALUE', copied],
  ['WINDOW_NTH_VALUE', copied],
]);

/** What to write instead of functions that others would look for. */
export const INSTEAD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    now: 'results must not hang on when they are made: compare with a date of the data',
    today: 'results must not hang on when they are made: compare with a date of the data',
    age: 'write date_diff of two dates of the data',
    current_date: 'results must not hang on when they are made: compare with a date of the data',
    random: 'the same data must have the same result: leave it out',
    uuid: 'the same data must have the same result: make a key of the fields',
    gen_random_uuid: 'the same data must have the same result: make a key of the fields',
    first: 'which record is the first is not certain: write min or max, or first_value over an order',
    last: 'which record is the last is not certain: write min or max, or last_value over an order',
    any_value: 'which record it takes is not certain: write min or max',
    arg_max: 'which of equal records it takes is not certain: use row_number() over an order that ends with the key',
    arg_min: 'which of equal records it takes is not certain: use row_number() over an order that ends with the key',
    mode: 'which of equally frequent values it takes is not certain: count them in a WITH',
    list: 'a field has one value: write string_agg with an order',
    array_agg: 'a field has one value: write string_agg with an order',
    repeat: 'it makes long texts of short ones: write the text itself',
    levenshtein: 'it takes long for long texts: use a comparison of kind link',
    jaro_winkler_similarity: 'it takes long for long texts: use a comparison of kind link',
    pow: 'its last digit is not the same on all machines: multiply',
    power: 'its last digit is not the same on all machines: multiply',
  }),
);
