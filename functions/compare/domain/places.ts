import { ComparisonId, type DepartmentId } from '../../../schemas/contracts/ids.ts';

/** Where a list arrives, in the intake bucket; the key names nothing but the consumer and the comparison. */
export const listKey = (consumer: DepartmentId, comparisonId: ComparisonId): string =>
  `lists/${consumer}/${comparisonId}`;

/** The comparison that a key in the intake bucket can belong to. */
export function comparisonIdOf(key: string): ComparisonId | undefined {
  const parsed = ComparisonId.safeParse(/^lists\/[^/]+\/([^/]+)$/.exec(key)?.[1]);
  return parsed.success ? parsed.data : undefined;
}
