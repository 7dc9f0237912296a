import { RefusedStatement } from '../statement/refused.ts';
import type { Offset } from '../statement/place.ts';
import type { Query } from '../statement/syntax.ts';
import { folded, type Relation, type Scope } from './scope.ts';

/** What a statement reads: the fields that are there, by the owner's rights. */
export interface StatementInput {
  readonly fields: readonly string[];
  /** Where each of its records has another one. */
  readonly primaryKey?: readonly string[] | undefined;
  /** It is not there: its agreement ended, say. */
  readonly lost?: boolean;
}

export type StatementInputs = Readonly<Record<string, StatementInput>>;

/** What is found out while a statement is traced. */
export class Findings {
  /** Records would be others without the inputs that are lost: which, or how many. */
  broken = false;
}

/** @param outer the query around a sub-query, whose columns its WHERE may compare with */
export type TraceQuery = (query: Query, tables: Tables, outer?: Scope) => Relation;

/** The tables that a name can mean. */
export interface Tables {
  readonly inputs: ReadonlyMap<string, readonly [name: string, input: StatementInput]>;
  readonly ctes: ReadonlyMap<string, Relation>;
  readonly findings: Findings;
  /** Traces a query, which may stand within expressions and tables. */
  readonly query: TraceQuery;
  /** Of the SELECT that is being traced: how often its sub-queries in expressions read inputs. */
  readonly within: { reads: number };
}

/** @throws RefusedStatement where an input has fields that SQL cannot tell apart */
export function tablesOf(inputs: StatementInputs, query: TraceQuery): Tables {
  for (const [name, { fields }] of Object.entries(inputs))
    if (new Set(fields.map(folded)).size < fields.length)
      throw new RefusedStatement(
        'statement-name',
        `the input ${name} has fields that differ in capital letters only, which SQL does not tell apart`,
        undefined,
      );
  return {
    inputs: new Map(Object.entries(inputs).map(([name, input]) => [folded(name), [name, input] as const])),
    ctes: new Map(),
    findings: new Findings(),
    query,
    within: { reads: 0 },
  };
}

/** Names stand for one table each, so that it does not matter which one would be looked for first. */
export function withTable(tables: Tables, name: string, relation: Relation, at: Offset | undefined): Tables {
  const key = folded(name);
  if (tables.inputs.has(key) || tables.ctes.has(key))
    throw new RefusedStatement(
      'statement-name',
      `${JSON.stringify(name.slice(0, 60))} is taken: name the WITH otherwise`,
      at,
    );
  return { ...tables, ctes: new Map([...tables.ctes, [key, relation]]) };
}

/** How often inputs are read at most, in all: a WITH that is used twice reads twice. */
const MOST_READS = 200;

export function checkReads(reads: number, at: Offset | undefined): number {
  if (reads > MOST_READS)
    throw new RefusedStatement(
      'statement-size',
      `inputs are read more than ${MOST_READS} times in all: join fewer`,
      at,
    );
  return reads;
}

/** Texts become at most so many times as long as the longest cell. */
const MOST_GROWTH = 1_000;

export function checkGrowth(growth: number, at: Offset | undefined): number {
  if (!(growth <= MOST_GROWTH))
    throw new RefusedStatement(
      'statement-size',
      `texts become more than ${MOST_GROWTH} times as long: put fewer together`,
      at,
    );
  return growth;
}
