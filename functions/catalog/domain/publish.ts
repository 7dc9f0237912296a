import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { digestOf } from '../../kernel/digest.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { definitionProblems } from '../../records/index.ts';
import { breakingChanges } from './changes.ts';

/** UTF-8 bytes of the definition as JSON: a version is one stored item (DynamoDB holds 400 KB an item). */
export const MAX_DEFINITION_BYTES = 300_000;

export interface PublishRequest {
  readonly resourceId: ResourceId;
  readonly definition: ResourceDefinition;
  /** The publisher knows what breaks and wants it all the same. */
  readonly breakingAccepted: boolean;
  readonly by: DepartmentId;
  readonly at: string;
}

/**
 * What publishing leads to: the next version, or the latest one where the definition is the same.
 * A resource belongs to the department that published it first.
 */
export function publish(
  latest: ResourceVersion | undefined,
  { resourceId, definition, breakingAccepted, by, at }: PublishRequest,
): Outcome<ResourceVersion, 'not-the-provider' | 'invalid-definition' | 'breaking-change'> {
  if (definition.provider !== by || (latest && latest.provider !== by)) return refuse('not-the-provider');
  const digest = digestOf(definition);
  if (latest?.digest === digest) return done(latest);
  const violations = [...definitionProblems(definition), ...sizeProblems(definition)];
  if (violations.length > 0) return refuse('invalid-definition', { violations });
  const judged = judge(latest ? breakingChanges(latest.definition, definition) : [], breakingAccepted);
  if (!judged.ok) return judged;
  return done({
    resourceId,
    version: (latest?.version ?? 0) + 1,
    provider: by,
    publishedAt: at,
    publishedBy: 'provider',
    digest,
    definition,
  });
}

/** Changes that break consumers need the publisher's word for it. */
export const judge = (changes: readonly Violation[], accepted: boolean): Outcome<undefined, 'breaking-change'> =>
  changes.length === 0 || accepted ? done(undefined) : refuse('breaking-change', { violations: changes });

const sizeProblems = (definition: ResourceDefinition): readonly Violation[] =>
  new TextEncoder().encode(JSON.stringify(definition)).length > MAX_DEFINITION_BYTES
    ? [{ path: '', rule: 'size', message: `a definition takes at most ${MAX_DEFINITION_BYTES} bytes of JSON` }]
    : [];
