import { type ByteTable, MAX_STATES } from '../byte-table.ts';
import { type AsciiSet, type Tree, treeOf } from './regex-tree.ts';

const ASCII = 128;
const MAX_NODES = 2000;

/**
 * A pattern as a table: one look-up a byte, no strings. It knows ASCII values only, and may say no to what it does not
 * know; RE2 decides whatever this does not accept. Undefined for patterns that are not plain, or whose table would be
 * large.
 */
export function patternTable(pattern: string): ByteTable | undefined {
  const tree = treeOf(pattern);
  const nfa = new Nfa();
  return tree && nfa.build(tree) ? tableOf(nfa) : undefined;
}

/** Thompson's construction: each node has a set with one successor, or successors without reading. */
export class Nfa {
  readonly sets: (AsciiSet | undefined)[] = [];
  /** What the pattern says of the set. */
  readonly sources: string[] = [];
  readonly successors: number[][] = [];
  first = 0;
  /** The one node that accepts. */
  readonly last = this.node();

  /** False if there would be too many nodes. */
  build(tree: Tree): boolean {
    this.first = this.before(tree, this.last);
    return this.sets.length <= MAX_NODES;
  }

  /** The node from which `tree` and then `after` is read. */
  private before(tree: Tree, after: number): number {
    if (this.sets.length > MAX_NODES) return after;
    switch (tree.kind) {
      case 'set':
        return this.node(tree.set, [after], tree.source);
      case 'sequence':
        return tree.parts.reduceRight((next, part) => this.before(part, next), after);
      case 'choice':
        return this.node(
          undefined,
          tree.parts.map((part) => this.before(part, after)),
        );
      default:
        return this.repeat(tree.part, tree.least, tree.most, after);
    }
  }

  private repeat(part: Tree, least: number, most: number, after: number): number {
    let next = after;
    if (most === Number.POSITIVE_INFINITY) {
      const loop = this.node(undefined, [after]);
      this.successors[loop]?.push(this.before(part, loop));
      next = loop;
    }
    for (let i = least; i < most && most !== Number.POSITIVE_INFINITY && this.sets.length <= MAX_NODES; i += 1) {
      next = this.node(undefined, [after, this.before(part, next)]);
    }
    for (let i = 0; i < least && this.sets.length <= MAX_NODES; i += 1) next = this.before(part, next);
    return next;
  }

  private node(set?: AsciiSet, successors: number[] = [], source = ''): number {
    this.sets.push(set);
    this.sources.push(source);
    this.successors.push(successors);
    return this.sets.length - 1;
  }
}

/** The subset construction. */
function tableOf(nfa: Nfa): ByteTable | undefined {
  const next = new Uint8Array((MAX_STATES + 1) << 8);
  const states = [[], closure(nfa, [nfa.first])];
  const classes = alikeCharacters(nfa);
  const ids = new Map(states.map((nodes, id) => [nodes.join(','), id]));
  for (let id = 1; id < states.length; id += 1) {
    for (const alike of classes) {
      const nodes = step(nfa, states[id] ?? [], alike[0] ?? 0);
      const key = nodes.join(',');
      let target = ids.get(key);
      if (target === undefined) {
        if (states.length > MAX_STATES) return undefined;
        target = states.push(nodes) - 1;
        ids.set(key, target);
      }
      for (const code of alike) next[(id << 8) | code] = target;
    }
  }
  return {
    next: next.slice(0, states.length << 8),
    accepts: Uint8Array.from(states, (nodes) => Number(nodes.includes(nfa.last))),
  };
}

/** Characters that no set of the pattern tells apart. */
function alikeCharacters(nfa: Nfa): number[][] {
  const sets = nfa.sets.filter((set) => set !== undefined);
  const distinct = [...new Map(sets.map((set) => [set.join(''), set])).values()];
  const classes = new Map<string, number[]>();
  for (let code = 0; code < ASCII; code += 1) {
    const signature = distinct.map((set) => set[code]).join('');
    classes.set(signature, [...(classes.get(signature) ?? []), code]);
  }
  return [...classes.values()];
}

export const step = (nfa: Nfa, nodes: readonly number[], code: number): number[] =>
  closure(
    nfa,
    nodes.filter((node) => nfa.sets[node]?.[code] === 1).flatMap((node) => nfa.successors[node] ?? []),
  );

export function closure(nfa: Nfa, nodes: readonly number[]): number[] {
  const found = new Set<number>();
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    if (nfa.sets[node] === undefined) open.push(...(nfa.successors[node] ?? []));
  }
  return [...found].filter((node) => nfa.sets[node] !== undefined || node === nfa.last).toSorted((a, b) => a - b);
}
