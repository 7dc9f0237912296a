import type { Offset } from './place.ts';

/** What statements of derivations are made of: DuckDB's tree once it was read, with nothing in it that is not allowed. */
export type Expression =
  | Column
  | {
      readonly kind: 'star';
      readonly table?: string;
      readonly except: readonly string[];
      readonly at: Offset | undefined;
    }
  | { readonly kind: 'constant'; readonly value: Constant; readonly at: Offset | undefined }
  | { readonly kind: 'and'; readonly parts: readonly Expression[]; readonly at: Offset | undefined }
  | { readonly kind: 'equal'; readonly parts: readonly [Expression, Expression]; readonly at: Offset | undefined }
  | Call
  | Choice
  | Aggregate
  | Window
  | SubqueryExpression;

export type Constant = string | number | boolean | null;

/** `code`, or `people.code`. */
export interface Column {
  readonly kind: 'column';
  readonly table?: string;
  readonly name: string;
  readonly at: Offset | undefined;
}

/** A function, an operator, a comparison, a cast: a value computed of others. */
export interface Call {
  readonly kind: 'call';
  readonly parts: readonly Expression[];
  /** How many times as long as its parts together a text of it can be. */
  readonly growth: number;
  readonly at: Offset | undefined;
}

/** CASE, COALESCE and their like: one of several values, as it is. */
export interface Choice {
  readonly kind: 'choice';
  readonly values: readonly Expression[];
  readonly conditions: readonly Expression[];
  readonly at: Offset | undefined;
}

export type AggregateHow = 'copied' | 'aggregated' | 'counted';

/** One value of those of many records. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly how: AggregateHow;
  readonly parts: readonly Expression[];
  readonly order: readonly Expression[];
  readonly filter?: Expression;
  readonly at: Offset | undefined;
}

export interface Window {
  readonly kind: 'window';
  readonly how: AggregateHow;
  readonly parts: readonly Expression[];
  readonly partition: readonly Expression[];
  readonly order: readonly Expression[];
  readonly filter?: Expression;
  readonly at: Offset | undefined;
}

export interface SubqueryExpression {
  readonly kind: 'subquery';
  readonly use: 'scalar' | 'exists' | 'in';
  /** Of `in`: what is looked for. */
  readonly sought?: Expression;
  readonly query: Query;
  readonly at: Offset | undefined;
}

/** It has the same value for every record, so it puts none in front of another. */
export const isConstant = (expression: Expression): boolean =>
  expression.kind === 'constant' || (expression.kind === 'call' && expression.parts.every(isConstant));

export type Query = Select | SetOperation;

export interface Cte {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
}

interface Whole {
  readonly with: readonly Cte[];
  readonly distinct: boolean;
  readonly order: readonly Expression[];
  /** Only the first so many, or those behind so many. */
  readonly limited: boolean;
  readonly at: Offset | undefined;
}

export interface Output {
  /** Undefined where a computed value was not named. */
  readonly name?: string;
  readonly value: Expression;
}

export interface Select extends Whole {
  readonly kind: 'select';
  readonly outputs: readonly Output[];
  readonly from?: Table;
  readonly where?: Expression;
  /** `all`: by all outputs that are no aggregates. */
  readonly group: readonly Expression[] | 'all';
  readonly having?: Expression;
  readonly qualify?: Expression;
}

export interface SetOperation extends Whole {
  readonly kind: 'set-operation';
  readonly operation: 'union' | 'union-all' | 'except' | 'intersect';
  readonly sides: readonly [Query, Query];
}

export type Table =
  | { readonly kind: 'named'; readonly name: string; readonly alias: Alias; readonly at: Offset | undefined }
  | { readonly kind: 'subquery'; readonly query: Query; readonly alias: Alias; readonly at: Offset | undefined }
  | {
      readonly kind: 'values';
      readonly rows: readonly (readonly Expression[])[];
      readonly alias: Alias;
      readonly at: Offset | undefined;
    }
  | Join;

export interface Alias {
  readonly name?: string;
  readonly columns: readonly string[];
}

export type JoinKind = 'inner' | 'left' | 'full' | 'semi' | 'anti';

export interface Join {
  readonly kind: 'join';
  readonly join: JoinKind;
  readonly sides: readonly [Table, Table];
  readonly on: { readonly using: readonly string[] } | Expression;
  readonly at: Offset | undefined;
}
