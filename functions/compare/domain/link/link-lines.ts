import { cellOf } from '../../../records/index.ts';
import type { ComparedTerms, ListCounts } from '../comparison.ts';
import { type Covers, type GrantedColumns, grantedCells } from '../granted-cells.ts';
import { LEVELS } from './weights.ts';

/** What `scored` says of some rows of the list, each with all of its candidates. */
export interface ScoredBlock {
  readonly numbers: readonly number[];
  /** Where the candidates of each row begin in the columns, and behind the last one the end. */
  readonly starts: readonly number[];
  /** Thousandths of bits; null for the row of a row without a candidate. */
  readonly weights: readonly (number | null)[];
  readonly chosen: readonly (number | null)[];
  readonly levels: readonly (readonly (number | null)[])[];
  readonly granted: GrantedColumns;
}

/** Candidates of each row that are likely enough, as cells behind the row: result, score, reasons, choice, granted fields. */
export class LinkLines {
  readonly counts: { -readonly [R in keyof ListCounts]: number } = {
    match: 0,
    mismatch: 0,
    absent: 0,
    invalid: 0,
    repeated: 0,
  };
  private readonly cells: ReturnType<typeof grantedCells>;
  private readonly names: readonly string[];
  private readonly threshold: number;
  private readonly prior: number;
  private readonly nothing: string;

  /** @param prior log2 of the odds that a candidate is it, before it is looked at */
  constructor(terms: Omit<ComparedTerms, 'mask'>, prior: number, covers: Covers) {
    this.cells = grantedCells(covers);
    this.names = [...terms.key, ...terms.compare];
    this.threshold = terms.threshold ?? 1;
    this.prior = prior;
    this.nothing = ','.repeat(terms.fields.length);
  }

  /** As `ListAgain.behind`. */
  behind(block: ScoredBlock | undefined, at: number): string | string[] {
    if (!block) return this.without('invalid');
    const start = block.starts[at] ?? 0;
    const scores = this.scores(block.weights.slice(start, block.starts[at + 1]));
    const lines = scores.flatMap((score, i) =>
      score >= this.threshold ? [this.line(block, start + i, i, score)] : [],
    );
    if (lines.length === 0) return this.without('absent');
    this.counts.match += 1;
    return lines;
  }

  /** The probability of each to be the row's one counterpart, if it has one: all of them together are at most 1. */
  private scores(weights: readonly (number | null)[]): number[] {
    const odds = weights.map((weight) => (weight === null ? 0 : 2 ** (weight / 1000 + this.prior)));
    const all = 1 + odds.reduce((total, one) => total + one, 0);
    return odds.map((one) => one / all);
  }

  private line(block: ScoredBlock, at: number, place: number, score: number): string {
    const reasons = this.names.flatMap((name, f) => {
      const level = LEVELS[block.levels[f]?.[at] ?? LEVELS.length];
      return level === undefined ? [] : [`${name}:${level}`];
    });
    const mutual = block.chosen[at] === 1 ? 'one-to-one' : 'best';
    const cells = ['match', score.toFixed(3), cellOf(reasons.join('+')), place === 0 ? mutual : ''].join(',');
    return this.nothing === '' ? cells : `${cells},${this.cells(block.granted, at)}`;
  }

  private without(result: 'absent' | 'invalid'): string {
    this.counts[result] += 1;
    return `${result},,,${this.nothing}`;
  }
}
