import type { Change, ChangeKind } from '../../../schemas/contracts/compatibility.ts';
import type { Field, WarningRule } from '../../../schemas/contracts/definition.ts';
import { digestOf } from '../../kernel/digest.ts';
import { statesRule } from '../../records/index.ts';
import { constraintChanges, valuesOf } from './constraints.ts';
import { factChanges, shareChange, sides, titleKinds } from './facts.ts';
import { formChanges } from './forms.ts';
import type { About, Kept } from './pairs.ts';

/** From the least to the most protected. */
const sensitivities: readonly Field['sensitivity'][] = ['public', 'internal', 'personal', 'sensitive'];

/** What other findings speak of; all other properties of a field are words and facts about it. */
const spokenOf: ReadonlySet<string> = new Set([
  'name',
  'type',
  'format',
  'missingValues',
  'categories',
  'decimalChar',
  'groupChar',
  'bareNumber',
  'trueValues',
  'falseValues',
  'constraints',
  'check',
  'reference',
  'severity',
  'sensitivity',
  'shareType',
]);

const kinds: Readonly<Record<string, ChangeKind>> = {
  ...titleKinds,
  description: 'description-changed',
  example: 'description-changed',
  rdfType: 'description-changed',
  categoriesOrdered: 'description-changed',
};

/** What differs between two versions of one field; of its name and of missing values others speak. */
export function fieldChanges({ earlier, later, path }: Kept): readonly Change[] {
  const about = { fields: [earlier.name], path };
  return [
    ...formChanges(earlier, later, about),
    ...constraintChanges(earlier, later, about),
    ...checkChanges(earlier, later, about),
    ...referenceChange(earlier, later, about),
    ...severityChanges(earlier, later, about),
    ...sensitivityChange(earlier, later, about),
    ...shareChange(earlier, later, about),
    ...labelChange(earlier, later, about),
    ...factChanges(earlier, later, { about, spokenOf, kinds }),
  ];
}

function checkChanges({ check: old }: Field, { check: now, severity }: Field, { fields, path }: About): Change[] {
  if (old === now) return [];
  const at = { path: `${path}/check`, fields };
  return [
    ...(old ? [{ kind: 'check-removed', ...at, old } as const] : []),
    ...(now
      ? [{ kind: severity?.[now] === 'warning' ? 'warning-tightened' : 'check-added', ...at, new: now } as const]
      : []),
  ];
}

function referenceChange({ reference: old }: Field, { reference: now }: Field, { fields, path }: About): Change[] {
  return old === now ? [] : [{ kind: 'reference-changed', path: `${path}/reference`, fields, ...sides(old, now) }];
}

/** Of rules that both versions state: a rule that comes or goes is a change of its constraint. */
function severityChanges(earlier: Field, later: Field, { fields, path }: About): Change[] {
  const rules = Object.keys({ ...earlier.severity, ...later.severity }) as WarningRule[];
  return rules
    .filter((rule) => statesRule(earlier, rule) && statesRule(later, rule))
    .flatMap((rule): Change[] => {
      const old = earlier.severity?.[rule] ?? 'error';
      const now = later.severity?.[rule] ?? 'error';
      if (old === now) return [];
      const kind = now === 'error' ? 'severity-raised' : 'severity-lowered';
      return [{ kind, path: `${path}/severity/${rule}`, fields, old, new: now }];
    });
}

function sensitivityChange(
  { sensitivity: old }: Field,
  { sensitivity: now }: Field,
  { fields, path }: About,
): readonly Change[] {
  if (old === now) return [];
  const raised = sensitivities.indexOf(now) > sensitivities.indexOf(old);
  const kind = raised ? 'sensitivity-raised' : 'sensitivity-lowered';
  return [{ kind, path: `${path}/sensitivity`, fields, old, new: now }];
}

/** The same categories with other labels, or in another order. */
function labelChange({ categories: old }: Field, { categories: now }: Field, { fields, path }: About): Change[] {
  if (!old || !now || digestOf(old) === digestOf(now)) return [];
  const [before, after] = [old, now].map((list) => digestOf(valuesOf(list).map(digestOf).toSorted()));
  return before === after ? [{ kind: 'description-changed', path: `${path}/categories`, fields, old, new: now }] : [];
}
