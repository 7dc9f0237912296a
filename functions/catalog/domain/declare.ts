import type { DeclaredDefinition } from '../../../schemas/catalog/declared.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { BreakingMark } from '../../../schemas/stored/catalog.ts';
import { digestOf } from '../../kernel/digest.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { publish, type PublishRequest } from './publish.ts';

/** What a definition in the deployment leads to. */
export type Declaration =
  | { readonly kind: 'publish'; readonly version: ResourceVersion; readonly mark?: BreakingMark }
  /** The newest version says just that already, whoever wrote it. */
  | { readonly kind: 'unchanged' }
  /** A provider wrote the newest version: from then on the definition is the provider's, not the deployment's. */
  | { readonly kind: 'left-to-provider' };

/**
 * A deployment publishes where nothing is, or where it wrote the newest version itself, under the same rules as a
 * provider: a breaking change needs `"breaking": "accepted"` in the file.
 */
export function declare(
  latest: ResourceVersion | undefined,
  { resourceId, body: { breaking, graceDays: _days, ...definition } }: DeclaredDefinition,
  circumstances: Pick<PublishRequest, 'at' | 'graceUntil' | 'atStake'>,
): Outcome<Declaration, 'not-the-provider' | 'invalid-definition' | 'breaking-change'> {
  if (latest?.digest === digestOf(definition)) return done({ kind: 'unchanged' });
  if (latest?.publishedBy === 'provider') return done({ kind: 'left-to-provider' });
  if (definition.derivation) return refuse('invalid-definition', { violations: [derived] });
  const outcome = publish(latest, {
    resourceId,
    definition,
    breakingAccepted: breaking === 'accepted',
    by: definition.provider,
    ...circumstances,
  });
  if (!outcome.ok) return outcome;
  const { version, ...marked } = outcome.value;
  return done({ kind: 'publish', version: { ...version, publishedBy: 'deployment' }, ...marked });
}

/** A deployment has no agreements. */
const derived = {
  path: '/derivation',
  rule: 'not-declared',
  message: 'a derived resource is published by its provider: take it out of the deployment’s catalog',
};
