import { closure, Nfa, step } from './ascii-dfa.ts';
import { OTHERS, type Tree, treeOf } from './regex-tree.ts';

/**
 * How many sets of places in a pattern a matcher can be in at once: with few of them it takes 20 ns a character, with
 * more than it can keep it goes through all places again, up to 8 µs a character. `.{0,255}` has 257, `[ab]*a[ab]{20}` a
 * million.
 */
const MAX_STATES = 10_000;
/** A pattern that ends the matter after so many characters has done little until then. */
export const LONGEST_COSTLY = 1000;
/** A bound on the work of looking: places in all of those sets. */
const MAX_PLACES = 1_000_000;

/**
 * Whether one value may hold up a check: it took 8.6 s for a value of 1 MB. Characters beyond ASCII count as one. Of
 * patterns that have no tree nothing is known: false.
 */
export function isCostly(pattern: string): boolean {
  const tree = treeOf(pattern);
  if (!tree || longestOf(tree) <= LONGEST_COSTLY) return false;
  const nfa = new Nfa();
  if (!nfa.build(tree)) return true;
  const first = closure(nfa, [nfa.first]);
  const symbols = unlikeSymbols(nfa);
  const found = new Set([first.join(',')]);
  const open = [first];
  let places = 0;
  for (let nodes = open.pop(); nodes !== undefined; nodes = open.pop()) {
    for (const symbol of symbols) {
      const next = step(nfa, nodes, symbol);
      const key = next.join(',');
      if (found.has(key)) continue;
      places += next.length;
      if (found.size === MAX_STATES || places > MAX_PLACES) return true;
      found.add(key);
      open.push(next);
    }
  }
  return false;
}

/** Characters of the longest value that matches. */
function longestOf(tree: Tree): number {
  if (tree.kind === 'set') return 1;
  if (tree.kind === 'repeat') return times(tree.most, longestOf(tree.part));
  const lengths = tree.parts.map(longestOf);
  return tree.kind === 'choice' ? Math.max(...lengths) : lengths.reduce((sum, length) => sum + length, 0);
}

/** Without the NaN of nothing, endlessly. */
const times = (count: number, length: number): number => (count === 0 || length === 0 ? 0 : count * length);

/** One of each kind of characters that the pattern tells apart. */
function unlikeSymbols({ sets }: Nfa): number[] {
  const distinct = [...new Map(sets.filter((set) => set !== undefined).map((set) => [set.join(''), set])).values()];
  const kinds = new Map<string, number>();
  for (let symbol = 0; symbol <= OTHERS; symbol += 1) kinds.set(distinct.map((set) => set[symbol]).join(''), symbol);
  return [...kinds.values()];
}
