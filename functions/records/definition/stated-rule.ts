import type { Constraints, Field, WarningRule } from '../../../schemas/contracts/definition.ts';

type Stated = keyof Constraints | 'categories';

/** What is checked under another name than its own: two bounds, or two lists, are one rule. */
const RENAMED: Readonly<Record<Exclude<Stated, WarningRule>, WarningRule>> = {
  exclusiveMinimum: 'minimum',
  exclusiveMaximum: 'maximum',
  categories: 'enum',
};

/** The name under which a severity is stated, and reports tell of it. */
export const ruleOf = (stated: Stated): WarningRule =>
  Object.hasOwn(RENAMED, stated) ? RENAMED[stated as keyof typeof RENAMED] : (stated as WarningRule);

/** Whether a severity for this rule would speak of anything that the field has. */
export function statesRule({ constraints = {}, categories, check }: Field, rule: string): boolean {
  if (rule === check || (rule === 'enum' && categories !== undefined)) return true;
  return Object.entries(constraints).some(([name, stated]) => ruleOf(name as Stated) === rule && stated !== false);
}
