import type { Change } from '../../../schemas/contracts/compatibility.ts';
import type { Derivation } from '../../../schemas/contracts/derivation.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import { same, sides } from './facts.ts';

type Derived = Pick<ResourceDefinition, 'derivation'>;

/** What is made in another way, of whatever fields: the schema's own changes say what becomes of these. */
export function derivationChanges({ derivation: before }: Derived, { derivation: now }: Derived): readonly Change[] {
  if (!before || !now) return [];
  const path = '/derivation';
  return [
    ...(before.sql === now.sql
      ? []
      : [{ kind: 'derivation-statement-changed' as const, path: `${path}/sql`, fields: [] }]),
    ...inputChanges(before.inputs, now.inputs),
    ...(before.notify === now.notify
      ? []
      : [
          {
            kind: 'derivation-entering-changed' as const,
            path: `${path}/notify`,
            fields: [],
            ...sides(before.notify, now.notify),
          },
        ]),
    ...(same(rest(before), rest(now)) ? [] : [{ kind: 'derivation-changed' as const, path, fields: [] }]),
  ];
}

const rest = ({ runs, onSourceEnd, consent }: Derivation) => ({ runs, onSourceEnd, ...(consent && { consent }) });

/** By what they are, not by what the statement calls them. */
function inputChanges(before: Derivation['inputs'], now: Derivation['inputs']): Change[] {
  const resources = (inputs: Derivation['inputs']) =>
    new Set(Object.values(inputs).map(({ resourceId }) => resourceId));
  const [old, fresh] = [resources(before), resources(now)];
  const path = '/derivation/inputs';
  return [
    ...[...old]
      .filter((id) => !fresh.has(id))
      .map((id): Change => ({ kind: 'derivation-input-removed', path, fields: [], old: id })),
    ...Object.entries(now)
      .filter(([, { resourceId }]) => !old.has(resourceId))
      .map(([name, { resourceId }]): Change => ({
        kind: 'derivation-input-added',
        path: `${path}/${name}`,
        fields: [],
        new: resourceId,
      })),
  ];
}
