import { Comparison, type ComparisonRefusal, type ComparisonResult } from '../../../schemas/contracts/comparisons.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { projected } from '../../../schemas/stored/loosened.ts';

const Shown = projected(Comparison);

/**
 * A comparison as its reader sees it. The list, and whatever is said of it, is its consumer's own; provider, authority and
 * auditor see that it was run, for what, with how many rows, and how many of them hit.
 */
export function shownTo({ comparisonKind: kind, ...stored }: StoredComparison, reader: DepartmentId): Comparison {
  const comparison = Shown.parse({ ...stored, kind });
  return reader === stored.consumer ? comparison : withoutList(comparison);
}

function withoutList({ list: _list, listOf: _dataset, ...comparison }: Comparison): Comparison {
  if (comparison.state === 'refused') return { ...comparison, refusal: codeOf(comparison.refusal) };
  if (comparison.state !== 'done') return comparison;
  const { rejections: _rejections, result, ...rest } = comparison;
  return { ...rest, ...(result && { result: hitsOf(result) }) };
}

const codeOf = ({ code }: ComparisonRefusal): ComparisonRefusal => ({ code });

const hitsOf = ({ hits }: ComparisonResult): ComparisonResult => ({ hits });
