import type { Change, ChangeKind } from '../../../schemas/contracts/compatibility.ts';
import { UpdateCycle, type ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import { factChanges, same, shareChange, sides, titleKinds } from './facts.ts';

const spokenOf: ReadonlySet<string> = new Set([
  'schema',
  'provider',
  'shareType',
  'modes',
  'updateCycle',
  'derivation',
]);

const kinds: Readonly<Record<string, ChangeKind>> = {
  ...titleKinds,
  description: 'description-changed',
  shareCondition: 'share-condition-changed',
  tolerance: 'tolerance-changed',
  drift: 'drift-changed',
};

/** What differs in the catalog entry around the schema. */
export const entryChanges = (earlier: ResourceDefinition, later: ResourceDefinition): readonly Change[] => [
  ...shareChange(earlier, later, whole),
  ...modeChanges(earlier.modes, later.modes),
  ...cycleChange(earlier.updateCycle, later.updateCycle),
  ...factChanges(earlier, later, { about: whole, spokenOf, kinds }),
];

const whole = { fields: [], path: '' };

type Modes = ResourceDefinition['modes'];

const modeChanges = (before: Modes, now: Modes): readonly Change[] => [
  ...before
    .filter((mode) => !now.includes(mode))
    .map((mode) => ({ kind: 'mode-removed' as const, path: '/modes', fields: [], old: mode })),
  ...now.flatMap((mode, index) =>
    before.includes(mode) ? [] : [{ kind: 'mode-added' as const, path: `/modes/${index}`, fields: [], new: mode }],
  ),
];

/** The table of cycles goes from quick to slow; irregular promises nothing, so it is the slowest. */
function cycleChange(
  old: ResourceDefinition['updateCycle'],
  now: ResourceDefinition['updateCycle'],
): readonly Change[] {
  if (same(old, now)) return [];
  const slowed = UpdateCycle.options.indexOf(now) > UpdateCycle.options.indexOf(old);
  const kind = slowed ? 'update-cycle-slowed' : 'update-cycle-quickened';
  return [{ kind, path: '/updateCycle', fields: [], ...sides(old, now) }];
}
