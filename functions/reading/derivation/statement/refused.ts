import type { Violation } from '../../../../schemas/contracts/problem.ts';
import { type Offset, placeOf } from './place.ts';

/** A statement that is not taken, for one reason. Thrown within this folder and its neighbours, caught where they end. */
export class RefusedStatement extends Error {
  readonly rule: StatementRule;
  readonly reason: string;
  readonly at: Offset | undefined;

  /**
   * @param reason what is wrong and what to write instead; of the statement's own words only
   * @param at where; undefined where the parser kept no place
   */
  constructor(rule: StatementRule, reason: string, at: Offset | undefined) {
    super(reason);
    this.rule = rule;
    this.reason = reason;
    this.at = at;
  }
}

export type StatementRule =
  /** It is no SQL, or what DuckDB says when it prepares it. */
  | 'statement-syntax'
  /** It is no SELECT, or more than one. */
  | 'statement-kind'
  | 'statement-characters'
  /** Longer, deeper, or of more parts than is taken; or it makes values grow. */
  | 'statement-size'
  /** SQL that statements of derivations do not have. */
  | 'statement-form'
  | 'statement-function'
  | 'statement-type'
  /** It could have another result on the same data. */
  | 'statement-reproducible'
  | 'statement-join'
  /** A table that is no input, a column that none has, a name that means two things. */
  | 'statement-name';

/** One violation, with the place in front: `line 2, column 14: …`. */
export function violationOf({ rule, reason, at }: RefusedStatement, sql: string): Violation {
  const message = at === undefined ? reason : `${placeOf(sql, at)}: ${reason}`;
  return { path: '/derivation/sql', rule, message };
}
