import { CODE_CHECKS } from '../../types/checks/index.ts';
import type { FieldCheck } from '../../../../schemas/contracts/definition.ts';
import { ERROR_VALUES } from '../../kinds/error-values.ts';
import { characters } from '../../types/text.ts';
import { CANDIDATES, type Candidate } from './candidates.ts';
import { Distinct } from './distinct.ts';
import { Shape } from './shape.ts';

/** What people write where a value is missing. Only beside values of another type do they count as missing, but for errors. */
export const MISSING_WORDS: ReadonlySet<string> = new Set([
  ...ERROR_VALUES,
  String.raw`\N`,
  ...'NA N/A n/a na NaN nan null NULL Null None none nil - -- --- — —— / ? . 无 暂无 空 不详 未知 未填'.split(' '),
]);

/** Fewer may be other numbers. */
const LEAST_MOBILES = 5;

const CHECKS = Object.entries(CODE_CHECKS) as [FieldCheck, (typeof CODE_CHECKS)[FieldCheck]][];

/** What all cells of a column together show; its memory does not grow with the rows. */
export class Profile {
  readonly name: string;
  empty = 0;
  /** Cells with a word for "missing", by word. */
  readonly words = new Map<string, number>();
  /** All others. */
  present = 0;
  readonly distinct: Distinct;
  /** A value, to show. */
  first: string | undefined;
  readonly shape = new Shape();
  shortest = Number.POSITIVE_INFINITY;
  longest = 0;
  /** A number that begins with a zero is a code. */
  leadingZeros = false;
  /** Grouping that no value uses is none. */
  grouped = false;
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  /** Different values that pass each check of codes, and how many were tried; repeated ones may count again. */
  readonly passed = new Map<FieldCheck, number>();
  tried = 0;
  live: readonly Candidate[] = CANDIDATES;
  private mobile = true;

  /** @param width columns of the file */
  constructor(name: string, width: number) {
    this.name = name;
    this.distinct = new Distinct(width);
  }

  add(text: string): void {
    if (text === '') {
      this.empty += 1;
    } else if (MISSING_WORDS.has(text)) {
      this.words.set(text, (this.words.get(text) ?? 0) + 1);
    } else {
      this.present += 1;
      this.first ??= text;
      if (!this.distinct.add(text)) this.look(text);
    }
  }

  /** All values are mobile numbers of China, and enough of them. */
  get mobiles(): boolean {
    return this.mobile && this.distinct.count >= LEAST_MOBILES;
  }

  private look(text: string): void {
    const length = characters(text);
    if (length < this.shortest) this.shortest = length;
    if (length > this.longest) this.longest = length;
    this.shape.add(text);
    this.leadingZeros ||= /^[+-]?0\d/.test(text);
    this.grouped ||= text.includes(',');
    this.mobile &&= /^1[3-9]\d{9}$/.test(text);
    this.tryChecks(text);
    if (this.live.length === 0) return;
    this.live = this.survivors(text);
    const number = Number(text);
    if (number < this.least) this.least = number;
    if (number > this.most) this.most = number;
  }

  private survivors(text: string): readonly Candidate[] {
    let integer = false;
    const { live } = this;
    const holds = (candidate: Candidate): boolean => {
      // What is an integer is a number.
      if (integer && candidate.type === 'number' && candidate.options.groupChar === undefined) return true;
      const good = candidate.reads(text);
      if (good && candidate.type === 'integer' && candidate.options.groupChar === undefined) integer = true;
      return good;
    };
    for (let i = 0; i < live.length; i += 1) {
      const candidate = live[i];
      if (candidate && !holds(candidate)) return [...live.slice(0, i), ...live.slice(i + 1).filter(holds)];
    }
    return live;
  }

  private tryChecks(text: string): void {
    if (this.tried >= 50 && this.passed.size === 0) return;
    this.tried += 1;
    if (text.length !== 18 && text.length !== 9 && text.length !== 10) return;
    const bytes = Buffer.from(text, 'utf8');
    for (const [name, check] of CHECKS)
      if (check(bytes, 0, bytes.length)) this.passed.set(name, (this.passed.get(name) ?? 0) + 1);
  }
}
