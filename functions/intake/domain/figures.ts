import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { Findings } from './judge.ts';

/**
 * What a check amounts to, for the evidence: records read, accepted and rejected, and how often each rule rejected one
 * (`rule:{name}`, over all fields). Nothing of a file whose records were not read.
 */
export function figuresOf({ rows, violations = [] }: Partial<Findings> = {}): Evidence['figures'] {
  if (!rows) return undefined;
  const figures: Record<string, number> = { ...rows };
  for (const { rule, severity, count } of violations) {
    if (severity === 'warning') continue;
    figures[`rule:${rule}`] = (figures[`rule:${rule}`] ?? 0) + count;
  }
  return figures;
}
