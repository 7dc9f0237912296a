import type { ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { AnyOutput } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import type { Kind } from '../kinds/codes.ts';
import { Tally } from '../kinds/tally.ts';

/** One broken rule of a record. A record-level rule has neither column nor field nor value. */
export interface Found {
  readonly rule: string;
  /** 1-based position in the file; 0 for the record as a whole. */
  readonly column: number;
  readonly field: string;
  readonly value: string;
  /** One that many values may have in common. */
  readonly kind?: Kind | undefined;
  /** It is reported and rejects nothing. */
  readonly warns?: boolean | undefined;
}

/** How often a rule was broken, with all that it takes to add it to another's count. */
export interface RuleCount {
  readonly field: string;
  readonly rule: string;
  readonly warns: boolean;
  readonly count: number;
  readonly lines: readonly number[];
  readonly kinds: readonly (readonly [Kind, number])[];
}

/** Rows that a report holds; the counts go on. */
export const MAX_REPORTED = 100_000;
const MAX_VALUE_CHARACTERS = 200;
/** Lines that a count names, to look at. */
const MAX_LINES = 5;
/** Of one length, whatever it stands for. */
export const MASK = '***';

/** A record that breaks no other rules is accepted. */
export const onlyWarns = (found: readonly Found[]): boolean => found.every(({ warns }) => warns === true);

export const ofRecord = (rule: string, kind?: Kind): Found => ({ rule, column: 0, field: '', value: '', kind });

/** A value as a report shows it: cut to a length that a person reads. */
function shown(value: string): string {
  if (value.length <= MAX_VALUE_CHARACTERS) return value;
  const characters = Array.from(value.slice(0, 2 * MAX_VALUE_CHARACTERS + 2));
  return characters.length > MAX_VALUE_CHARACTERS ? `${characters.slice(0, MAX_VALUE_CHARACTERS).join('')}…` : value;
}

interface Count {
  readonly field: string;
  readonly rule: string;
  readonly warns: boolean;
  count: number;
  readonly lines: [number, ...number[]];
  readonly kinds: Tally;
}

/** The rejection report, and complete counts by field and rule in the order in which they first came up. */
export class Violations {
  total = 0;
  reported = 0;
  readonly output: AnyOutput;
  private readonly warns: boolean;
  private readonly counts = new Map<string, Map<string, Count>>();

  /** @param warns some rules only warn: the report has a column that says which */
  constructor(output: AnyOutput, warns = false) {
    this.output = output;
    this.warns = warns;
    output.text(lineOf(['line', 'column', 'field', 'rule', 'value', ...(warns ? ['severity'] : [])]));
  }

  add(line: number, found: Found): void {
    this.total += 1;
    this.count(line, found).kinds.add(found.kind);
    if (this.total > MAX_REPORTED) return;
    this.reported += 1;
    this.row(line, found);
  }

  /** A row of the report alone. */
  row(line: number, { rule, column, field, value, warns }: Found): void {
    const severity = this.warns ? [warns ? 'warning' : 'error'] : [];
    this.output.text(
      lineOf([String(line), column === 0 ? '' : String(column), field, rule, shown(value), ...severity]),
    );
  }

  /** Complete, and without any value of a record. */
  summary(): ViolationCount[] {
    return [...this.counts.values()]
      .flatMap((rules) => Array.from(rules.values(), summed))
      .toSorted((a, b) => a.firstLine - b.firstLine);
  }

  /** As they stand, in the order in which they first came up. */
  ruleCounts(): RuleCount[] {
    return [...this.counts.values()].flatMap((rules) =>
      Array.from(rules.values(), ({ kinds, lines, ...count }) => ({ ...count, lines: [...lines], kinds: kinds.all() })),
    );
  }

  /** Adds what was counted in a piece that has so many lines before it. Its rows of the report are the caller's to write. */
  absorb(counts: readonly RuleCount[], linesBefore: number): void {
    for (const { lines, count, kinds, ...found } of counts) {
      const [first = 1, ...others] = lines.map((line) => line + linesBefore);
      const sum = this.count(first, { ...found, column: 0, value: '' });
      // `count` has counted one, and noted its line.
      sum.count += count - 1;
      for (const line of others) note(sum, line);
      for (const [kind, times] of kinds) sum.kinds.add(kind, times);
      this.total += count;
    }
  }

  /** A field that is `unique` for a warning may have the name of a key of several: the two are counted apart. */
  private count(line: number, { field, rule, warns = false }: Found): Count {
    let rules = this.counts.get(field);
    if (!rules) this.counts.set(field, (rules = new Map()));
    const id = warns ? `${rule} ` : rule;
    let count = rules.get(id);
    if (!count) rules.set(id, (count = { field, rule, warns, count: 0, lines: [line], kinds: new Tally() }));
    count.count += 1;
    note(count, line);
    return count;
  }
}

function note({ lines }: Count, line: number): void {
  if (lines.length < MAX_LINES && lines.at(-1) !== line) lines.push(line);
}

function summed({ field, rule, warns, count, lines, kinds }: Count): ViolationCount {
  const looksLike = kinds.top();
  return {
    field,
    rule,
    ...(warns ? { severity: 'warning' } : {}),
    count,
    firstLine: lines[0],
    lines,
    ...(looksLike.length > 0 ? { looksLike } : {}),
  };
}
