import type { Field } from '../../../../schemas/contracts/definition.ts';
import { closure, Nfa } from '../patterns/ascii-dfa.ts';
import { isPattern, patternOf } from '../patterns/pattern.ts';
import { treeOf } from '../patterns/regex-tree.ts';

/** Kinds of characters that a pattern tells apart, from 1, and states that it goes through, before it gives up. */
export const MOST_KINDS = 30;
export const MOST_STATES = 1000;
/** Characters that it knows, and questions to RE2 about them, of which each takes up to a microsecond. */
const MOST_CHARACTERS = 50_000;
const MOST_QUESTIONS = 1_000_000;

const DEAD = 0;
export const START = 1;
const GIVEN_UP = -1;

/** Hears all that is found of a pattern, so that it can go through values by itself. */
export interface PatternListener {
  /** The kind of a character. */
  character(code: number, kind: number): void;
  /** The state after a character of that kind, from `START` on, and whether a value may end there. */
  step(state: number, kind: number, to: number, accepts: boolean): void;
}

/**
 * A pattern over all characters as a table that grows with what it sees. Whether a character belongs to a set of the pattern is
 * asked of RE2 once, so that both know the same characters.
 */
export class LearnedPattern {
  /** In the pattern: a state is some of them. */
  readonly places: number;
  private readonly nfa: Nfa;
  /** Whether a character belongs, for each of the sets; and which of the sets a node has. */
  private readonly members: readonly ((character: string) => boolean)[];
  private readonly setOfNode: readonly number[];
  private readonly kinds = new Map<number, number>();
  private readonly kindOfSignature = new Map<string, number>();
  /** Which sets a kind belongs to. */
  private readonly belongs: (readonly boolean[])[] = [[]];
  private readonly states: number[][] = [[]];
  /** By kind, for each state. */
  private readonly next: number[][] = [[]];
  private readonly ids = new Map<string, number>([['', DEAD]]);
  private listener: PatternListener | undefined;

  private constructor(nfa: Nfa) {
    const sources = [...new Set(nfa.sources.filter((source) => source !== ''))];
    this.nfa = nfa;
    this.places = nfa.sets.length;
    this.setOfNode = nfa.sources.map((source) => sources.indexOf(source));
    this.members = sources.map(membership);
    this.idOf(closure(nfa, [nfa.first]));
  }

  /** Undefined for patterns that are not plain. */
  static of(source: string): LearnedPattern | undefined {
    const tree = treeOf(source);
    const nfa = new Nfa();
    return tree && nfa.build(tree) ? new LearnedPattern(nfa) : undefined;
  }

  /** To be called before the first value. */
  tells(listener: PatternListener): void {
    this.listener = listener;
  }

  /** Whether a value certainly matches. */
  matches(text: string): boolean {
    let state = START;
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      const kind = this.kinds.get(code) ?? this.kindOf(character, code);
      if (kind === GIVEN_UP) return false;
      state = this.next[state]?.[kind] ?? this.step(state, kind);
      if (state === DEAD || state === GIVEN_UP) return false;
    }
    return this.accepts(state);
  }

  /** Whether a value may end in a state. */
  accepts(state: number): boolean {
    return this.states[state]?.includes(this.nfa.last) === true;
  }

  private kindOf(character: string, code: number): number {
    const { size } = this.kinds;
    if (size === MOST_CHARACTERS || size * this.members.length > MOST_QUESTIONS) return GIVEN_UP;
    const belongs = this.members.map((has) => has(character));
    const signature = belongs.map(Number).join('');
    const kind = this.kindOfSignature.get(signature) ?? this.newKind(signature, belongs);
    this.kinds.set(code, kind);
    if (kind !== GIVEN_UP) this.listener?.character(code, kind);
    return kind;
  }

  private newKind(signature: string, belongs: readonly boolean[]): number {
    if (this.belongs.length > MOST_KINDS) return GIVEN_UP;
    const kind = this.belongs.push(belongs) - 1;
    this.kindOfSignature.set(signature, kind);
    return kind;
  }

  private step(state: number, kind: number): number {
    const belongs = this.belongs[kind] ?? [];
    const nodes = (this.states[state] ?? []).filter((node) => belongs[this.setOfNode[node] ?? -1] === true);
    const to = this.idOf(
      closure(
        this.nfa,
        nodes.flatMap((node) => this.nfa.successors[node] ?? []),
      ),
    );
    if (to === GIVEN_UP) return to;
    const row = this.next[state];
    if (row) row[kind] = to;
    if (to !== DEAD) this.listener?.step(state, kind, to, this.accepts(to));
    return to;
  }

  private idOf(nodes: number[]): number {
    const key = nodes.join(',');
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    if (this.states.length > MOST_STATES) return GIVEN_UP;
    const id = this.states.push(nodes) - 1;
    this.next.push([]);
    this.ids.set(key, id);
    return id;
  }
}

/** Of a text field that has one. */
export const learnedPattern = ({ type, constraints: { pattern } = {} }: Field): LearnedPattern | undefined =>
  type === 'string' && pattern !== undefined ? LearnedPattern.of(pattern) : undefined;

function membership(source: string): (character: string) => boolean {
  const made = patternOf(source);
  if (!isPattern(made)) throw new Error(`a part of a pattern is none: ${made.message}`);
  return made.matches;
}
