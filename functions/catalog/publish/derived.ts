import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Lineage } from '../../../schemas/contracts/derivations.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { DerivedDefinition } from '../../reading/derivation/judge.ts';
import type { Ports } from '../ports.ts';

/** Where the fields of a derived resource come from; nothing of any other one. */
export async function lineageOf(
  { derivations }: Pick<Ports, 'derivations'>,
  resourceId: ResourceId,
  definition: ResourceDefinition,
): Promise<Outcome<Lineage | undefined, 'invalid-definition'>> {
  if (!isDerived(definition)) return done(undefined);
  const judged = await derivations.judge(resourceId, definition);
  if (judged.ok) return judged;
  const { violations = [] } = judged.refusal;
  return refuse('invalid-definition', { violations });
}

const isDerived = (definition: ResourceDefinition): definition is DerivedDefinition =>
  definition.derivation !== undefined;
