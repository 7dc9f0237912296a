import { closure, Nfa } from '../patterns/ascii-dfa.ts';
import { isPattern, patternOf } from '../patterns/pattern.ts';
import { treeOf } from '../patterns/regex-tree.ts';
import type { Certain } from './contract.ts';

/** Kinds of characters that a walk tells apart, and states that it goes through, before it gives up. */
const MOST_KINDS = 32;
const MOST_STATES = 2000;

const UNKNOWN = 0;
const DEAD = 1;
const START = 2;
const GIVEN_UP = -1;

/** Undefined for patterns that are not plain. */
export function certainPattern(source: string): Certain | undefined {
  const tree = treeOf(source);
  const nfa = new Nfa();
  if (!tree || !nfa.build(tree)) return undefined;
  const walk = new Walk(nfa);
  return (bytes, start, end, doubled) => !doubled && walk.accepts(bytes, start, end);
}

/**
 * A pattern over all characters as a table that grows with what it sees. Whether a character belongs to a set of the
 * pattern is asked of RE2 once, so that both know the same characters.
 */
class Walk {
  private readonly nfa: Nfa;
  /** Whether a character belongs, for each of the sets; and which of the sets a node has. */
  private readonly members: readonly ((character: string) => boolean)[];
  private readonly setOfNode: readonly number[];
  /** Kind of each character of the basic plane, or UNKNOWN; of those beyond. */
  private readonly kinds = new Uint8Array(0x10000);
  private readonly beyond = new Map<number, number>();
  private readonly kindOfSignature = new Map<string, number>();
  /** Which sets a kind belongs to. */
  private readonly belongs: (readonly boolean[])[] = [[]];
  private next = new Uint16Array(16 * MOST_KINDS);
  private readonly states: number[][];
  private readonly accepting: boolean[];
  private readonly ids = new Map<string, number>();

  constructor(nfa: Nfa) {
    this.nfa = nfa;
    const sources = [...new Set(nfa.sources.filter((source) => source !== ''))];
    this.setOfNode = nfa.sources.map((source) => sources.indexOf(source));
    this.members = sources.map(membership);
    this.states = [[], []];
    this.accepting = [false, false];
    this.ids.set('', DEAD);
    this.idOf(closure(nfa, [nfa.first]));
  }

  accepts(bytes: Uint8Array, start: number, end: number): boolean {
    let state = START;
    for (let i = start; i < end;) {
      const first = bytes[i] ?? 0;
      let code = first;
      if (first < 0x80) {
        i += 1;
      } else if (first < 0xe0) {
        code = ((first & 0x1f) << 6) | ((bytes[i + 1] ?? 0) & 0x3f);
        i += 2;
      } else if (first < 0xf0) {
        code = ((first & 0xf) << 12) | (((bytes[i + 1] ?? 0) & 0x3f) << 6) | ((bytes[i + 2] ?? 0) & 0x3f);
        i += 3;
      } else {
        code =
          ((first & 7) << 18) |
          (((bytes[i + 1] ?? 0) & 0x3f) << 12) |
          (((bytes[i + 2] ?? 0) & 0x3f) << 6) |
          ((bytes[i + 3] ?? 0) & 0x3f);
        i += 4;
      }
      const kind = (code < 0x10000 ? (this.kinds[code] ?? UNKNOWN) : UNKNOWN) || this.kindOf(code);
      if (kind === GIVEN_UP) return false;
      state = (this.next[state * MOST_KINDS + kind] ?? UNKNOWN) || this.step(state, kind);
      if (state === DEAD || state === GIVEN_UP) return false;
    }
    return this.accepting[state] === true;
  }

  private kindOf(code: number): number {
    const known = this.beyond.get(code);
    if (known !== undefined) return known;
    if (code > 0x10ffff) return GIVEN_UP;
    const belongs = this.members.map((has) => has(String.fromCodePoint(code)));
    const signature = belongs.map(Number).join('');
    let kind = this.kindOfSignature.get(signature);
    if (kind === undefined) {
      if (this.belongs.length === MOST_KINDS) return GIVEN_UP;
      kind = this.belongs.push(belongs) - 1;
      this.kindOfSignature.set(signature, kind);
    }
    if (code < 0x10000) this.kinds[code] = kind;
    else this.beyond.set(code, kind);
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
    if (to !== GIVEN_UP) this.next[state * MOST_KINDS + kind] = to;
    return to;
  }

  private idOf(nodes: number[]): number {
    const key = nodes.join(',');
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    if (this.states.length === MOST_STATES) return GIVEN_UP;
    const id = this.states.push(nodes) - 1;
    this.accepting.push(nodes.includes(this.nfa.last));
    this.ids.set(key, id);
    if ((id + 1) * MOST_KINDS > this.next.length) {
      const larger = new Uint16Array(this.next.length * 2);
      larger.set(this.next);
      this.next = larger;
    }
    return id;
  }
}

function membership(source: string): (character: string) => boolean {
  const made = patternOf(source);
  if (!isPattern(made)) throw new Error(`a part of a pattern is none: ${made.message}`);
  return made.matches;
}
