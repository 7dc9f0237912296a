import { cellOf } from '../../records/index.ts';
import type { ComparedTerms, ComparisonKind, ListCounts } from './comparison.ts';
import { type Covers, type GrantedColumns, grantedCells } from './granted-cells.ts';
import { ABSENT, REPEATED, WORD_BITS } from './statements.ts';

/** What `judgements` says of some records of the list. */
export interface JudgedBlock {
  readonly numbers: readonly number[];
  /** Of each word the values of all records. */
  readonly words: readonly (readonly number[])[];
  readonly granted: GrantedColumns;
}

export type Result = keyof ListCounts;

/** The kinds whose result is made of the rows of the list. */
export type ListKind = Extract<ComparisonKind, 'verify' | 'intersect' | 'except'>;

/** What stands in the result, and what is granted in it. */
const TAKEN: Readonly<Record<ListKind, (result: Result) => boolean>> = {
  verify: () => true,
  intersect: (result) => result === 'match',
  except: (result) => result === 'absent' || result === 'mismatch',
};

export const GRANTS: Readonly<Record<ListKind, boolean>> = { verify: true, intersect: true, except: false };

/** Counts the rows of a list by what they came to, and makes the cells behind each. */
export class JudgedLines {
  readonly counts: { -readonly [R in Result]: number } = { match: 0, mismatch: 0, absent: 0, invalid: 0, repeated: 0 };
  private readonly kind: ListKind;
  private readonly terms: Pick<ComparedTerms, 'compare' | 'fields'>;
  private readonly cells: ReturnType<typeof grantedCells>;
  /** As many cells as are granted, and nothing in them. */
  private readonly nothing: string;
  /** Results of rows that differ, by their words. */
  private readonly differing = new Map<number | string, string>();

  constructor(kind: ListKind, terms: Pick<ComparedTerms, 'compare' | 'fields'>, covers: Covers) {
    this.kind = kind;
    this.terms = terms;
    this.cells = grantedCells(covers);
    this.nothing = ','.repeat(Math.max(0, terms.fields.length - 1));
  }

  /** As `ListAgain.behind`. */
  behind(block: JudgedBlock | undefined, at: number): string | undefined {
    const result = block ? resultOf(block, at) : 'invalid';
    this.counts[result] += 1;
    if (!TAKEN[this.kind](result)) return undefined;
    if (this.kind === 'except') return '';
    const granted = block && result === 'match' ? this.cells(block.granted, at) : this.nothing;
    if (this.kind === 'intersect') return granted;
    return this.behindResult(block && result === 'mismatch' ? this.mismatch(block, at) : `${result},`, granted);
  }

  private behindResult(result: string, granted: string): string {
    return this.terms.fields.length > 0 ? `${result},${granted}` : result;
  }

  private mismatch({ words }: JudgedBlock, at: number): string {
    const id = words.length === 1 ? (words[0]?.[at] ?? 0) : words.map((word) => word[at]).join();
    let cells = this.differing.get(id);
    if (cells === undefined) {
      cells = `mismatch,${cellOf(this.differs(words, at))}`;
      if (this.differing.size < REMEMBERED) this.differing.set(id, cells);
    }
    return cells;
  }

  /** Names alone, in the order of the terms. */
  private differs(words: JudgedBlock['words'], at: number): string {
    return this.terms.compare
      .filter((_, i) => ((words[Math.floor(i / WORD_BITS)]?.[at] ?? 0) & (2 ** (i % WORD_BITS))) !== 0)
      .join('+');
  }
}

const REMEMBERED = 10_000;

function resultOf({ words }: JudgedBlock, at: number): Result {
  const first = words[0]?.[at] ?? ABSENT;
  if (first === ABSENT) return 'absent';
  if (first === REPEATED) return 'repeated';
  for (const word of words) if (word[at] !== 0) return 'mismatch';
  return 'match';
}
