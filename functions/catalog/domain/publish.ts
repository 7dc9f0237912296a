import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { BreakingMark } from '../../../schemas/stored/catalog.ts';
import { digestOf } from '../../kernel/digest.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { definitionProblems } from '../../records/index.ts';
import { compare, type AtStake } from './compare.ts';
import { elementProblems } from './elements.ts';
import { gate } from './gate.ts';
import { markOf } from './mark.ts';

/** UTF-8 bytes of the definition as JSON: a version is one stored item (DynamoDB holds 400 KB an item). */
export const MAX_DEFINITION_BYTES = 300_000;
/** Of the names alone: the item of a dataset has those of its columns beside the places of up to a thousand objects. */
export const MAX_NAMES_BYTES = 100_000;

export interface PublishRequest {
  readonly resourceId: ResourceId;
  readonly definition: ResourceDefinition;
  /** The publisher knows what breaks and wants it all the same. */
  readonly breakingAccepted: boolean;
  /** The last day on which agreements that it breaks can be amended. */
  readonly graceUntil: string;
  /** What hangs on the latest version, where there is one. */
  readonly atStake: AtStake;
  readonly by: DepartmentId;
  readonly at: string;
}

/** The version, and which agreements it breaks or repairs, where it does. */
export interface Published {
  readonly version: ResourceVersion;
  readonly mark?: BreakingMark;
}

/**
 * What publishing leads to: the next version, or the latest one where the definition is the same.
 * A resource belongs to the department that published it first.
 */
export function publish(
  latest: ResourceVersion | undefined,
  { resourceId, definition, by, at, ...request }: PublishRequest,
): Outcome<Published, 'not-the-provider' | 'invalid-definition' | 'breaking-change'> {
  if (!mayPublish(latest, definition, by)) return refuse('not-the-provider');
  const digest = digestOf(definition);
  if (latest?.digest === digest) return done({ version: latest });
  const violations = [...problemsOf(resourceId, definition), ...turnedProblems(latest, definition)];
  if (violations.length > 0) return refuse('invalid-definition', { violations });
  const passed = pass(latest, definition, request);
  if (!passed.ok) return passed;
  const version: ResourceVersion = {
    resourceId,
    version: (latest?.version ?? 0) + 1,
    provider: by,
    publishedAt: at,
    publishedBy: 'provider',
    digest,
    definition,
  };
  return done({ version, ...passed.value });
}

export const mayPublish = (
  latest: ResourceVersion | undefined,
  definition: ResourceDefinition,
  by: DepartmentId,
): boolean => definition.provider === by && (latest === undefined || latest.provider === by);

/** Why a definition cannot be used, whatever it changes. */
export const problemsOf = (resourceId: ResourceId, definition: ResourceDefinition): readonly Violation[] => [
  ...definitionProblems(definition),
  ...elementProblems(resourceId, definition),
  ...sizeProblems(definition),
];

/** Uploads and runs number datasets each in their own way: a resource has the one or the other from its first version on. */
export const turnedProblems = (
  latest: ResourceVersion | undefined,
  { derivation }: ResourceDefinition,
): readonly Violation[] =>
  latest === undefined || (latest.definition.derivation === undefined) === (derivation === undefined)
    ? []
    : [
        {
          path: '/derivation',
          rule: 'derivation-settled',
          message:
            'whether a resource is derived or uploaded is settled by its first version: publish another resource',
        },
      ];

/** A first version breaks nothing. */
function pass(
  latest: ResourceVersion | undefined,
  definition: ResourceDefinition,
  { atStake, breakingAccepted, graceUntil }: Pick<PublishRequest, 'atStake' | 'breakingAccepted' | 'graceUntil'>,
): Outcome<Pick<Published, 'mark'>, 'breaking-change'> {
  if (!latest) return done({});
  const passed = gate(compare(latest, definition, atStake), breakingAccepted);
  if (!passed.ok) return passed;
  const mark = markOf(latest, definition, atStake, graceUntil);
  return done(mark ? { mark } : {});
}

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

function sizeProblems(definition: ResourceDefinition): readonly Violation[] {
  const names = definition.schema.fields.map(({ name }) => name);
  return [
    ...(bytesOf(definition) > MAX_DEFINITION_BYTES
      ? [{ path: '', rule: 'size', message: `a definition takes at most ${MAX_DEFINITION_BYTES} bytes of JSON` }]
      : []),
    ...(bytesOf(names) > MAX_NAMES_BYTES
      ? [
          {
            path: '/schema/fields',
            rule: 'size',
            message: `the names of all fields together take at most ${MAX_NAMES_BYTES} bytes of JSON`,
          },
        ]
      : []),
  ];
}
