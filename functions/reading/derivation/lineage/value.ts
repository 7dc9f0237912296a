import type { ConditionSource, Decision, How, ValueSource } from '../../../../schemas/contracts/derivations.ts';

/** What is known of a value before there are any data. */
export interface Value {
  readonly from: readonly ValueSource[];
  readonly decidedBy: readonly ConditionSource[];
  /** How many times as long as the longest cell of the inputs a text of it can be. */
  readonly growth: number;
  /** It would be made of an input that is not there. */
  readonly lost: boolean;
}

/** From the one that gives most away to the one that gives least. */
const HOWS: readonly How[] = ['copied', 'computed', 'aggregated', 'counted'];

const later = (one: How, other: How): How => (HOWS.indexOf(one) >= HOWS.indexOf(other) ? one : other);
const earlier = (one: How, other: How): How => (HOWS.indexOf(one) <= HOWS.indexOf(other) ? one : other);

const keyOf = ({ input, field }: { readonly input: string; readonly field?: string | undefined }): string =>
  JSON.stringify([input, field]);

/** Each source once, as what it gives away most. */
export function mergedSources(sources: readonly ValueSource[]): ValueSource[] {
  const byKey = new Map<string, ValueSource>();
  for (const source of sources) {
    const known = byKey.get(keyOf(source));
    byKey.set(keyOf(source), known ? { ...known, how: earlier(known.how, source.how) } : source);
  }
  return [...byKey.values()];
}

export function mergedConditions(conditions: readonly ConditionSource[]): ConditionSource[] {
  return [...new Map(conditions.map((condition) => [conditionKey(condition), condition])).values()];
}

export const conditionKey = (condition: ConditionSource): string => `${condition.by} ${keyOf(condition)}`;

export const CONSTANT: Value = { from: [], decidedBy: [], growth: 0, lost: false };

/** A value that is one of several, or made of all of them. */
export const together = (values: readonly Value[], growth: number): Value => ({
  from: mergedSources(values.flatMap(({ from }) => from)),
  decidedBy: mergedConditions(values.flatMap(({ decidedBy }) => decidedBy)),
  growth,
  lost: values.some(({ lost }) => lost),
});

export const longest = (values: readonly Value[]): number => Math.max(0, ...values.map(({ growth }) => growth));

/** The same, with sources that give no more away than that. */
export const made = (value: Value, how: How): Value => ({
  ...value,
  from: value.from.map((source) => ({ ...source, how: later(source.how, how) })),
});

export const decided = (value: Value, by: readonly ConditionSource[]): Value =>
  by.length === 0 ? value : { ...value, decidedBy: mergedConditions([...value.decidedBy, ...by]) };

/** Whatever a value hangs on, as what decides about something else. */
export const conditionsOf = ({ from, decidedBy }: Value, by: Decision): ConditionSource[] =>
  mergedConditions([...from.map(({ input, field }) => conditionOf(input, field, by)), ...decidedBy]);

export const conditionOf = (input: string, field: string | undefined, by: Decision): ConditionSource => ({
  input,
  ...(field === undefined ? {} : { field }),
  by,
});
