import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { InheritedTerms, Lineage } from '../../../../schemas/contracts/derivations.ts';
import type { AgreementId, DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import { LineageItem } from '../../../../schemas/stored/derivations.ts';
import type { InheritedOn } from '../../../datasets/sources.ts';
import { Fault } from '../../../kernel/fault.ts';
import { inheritedTerms } from '../../../reading/derivation/inheritance/inherited.ts';
import { inputTerms, rightTo, type FoundInput } from '../../../reading/derivation/rights.ts';
import type { FoundInputs } from '../../../reading/derivation/judge.ts';
import { agreementsOnResource } from '../agreements/read.ts';
import { readLatestVersion, readResourceVersion } from '../catalog/resources.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';

export async function readLineage(table: Table, resourceId: ResourceId, version: number): Promise<Lineage | undefined> {
  const item = await readItem(table, keyOf.lineage(resourceId, version));
  return item && fromItem(LineageItem, item).lineage;
}

/** Resources that are derived of a department's own ones, one behind the other. */
const MOST_DEEP = 20;

/** What a derivation reads, as it stands; strongly consistent. */
export function readInputs(
  table: Table,
  { provider, definition: { derivation } }: Pick<ResourceVersion, 'provider' | 'definition'>,
  today: string,
  depth = 0,
): Promise<FoundInputs> {
  if (depth > MOST_DEEP) throw new Fault('derived resources rest on each other without end');
  return Promise.all(
    Object.entries(derivation?.inputs ?? {}).map(async ([name, { resourceId }]) => {
      const version = await readLatestVersion(table, resourceId);
      return [name, version && (await foundInput(table, version, { owner: provider, today, depth }))] as const;
    }),
  );
}

async function foundInput(
  table: Table,
  version: ResourceVersion,
  { owner, today, depth }: { readonly owner: DepartmentId; readonly today: string; readonly depth: number },
): Promise<FoundInput> {
  if (version.provider === owner)
    return { version, agreements: [], inherited: await inheritedNow(table, version, today, depth + 1) };
  const agreements: Agreement[] = [];
  for await (const agreement of agreementsOnResource(table, version.resourceId, owner)) agreements.push(agreement);
  return { version, agreements };
}

/** What a version of a derived resource inherits of its sources as they stand today; undefined where it is not derived. */
export async function inheritedNow(
  table: Table,
  version: ResourceVersion,
  today: string,
  depth = 0,
): Promise<readonly InheritedTerms[] | undefined> {
  const { resourceId, provider, definition } = version;
  if (!definition.derivation) return undefined;
  const lineage = await readLineage(table, resourceId, version.version);
  if (!lineage) throw new Fault(`version ${version.version} of ${resourceId} has no lineage`);
  const inputs = (await readInputs(table, version, today, depth)).flatMap(([name, found]) => {
    const right = rightTo(found, provider, today);
    if (!found || right.kind === 'none') throw new Fault(`${resourceId} is derived of what its owner never had`);
    return [[name, inputTerms({ ...found, right })] as const];
  });
  return inheritedTerms(lineage, Object.fromEntries(inputs), definition.derivation);
}

/** As `inheritedNow`, of a version that is found by its number. */
export const inheritedBy =
  (table: Table): InheritedOn =>
  async (resourceId, resourceVersion, today) => {
    const version = await readResourceVersion(table, resourceId, resourceVersion);
    return (version && (await inheritedNow(table, version, today))) ?? [];
  };

/** Agreements that a derivation rests on, also over what its owner derived itself. */
export async function sourcesOf(
  table: Table,
  found: FoundInputs,
  owner: DepartmentId,
  today: string,
  depth = 0,
): Promise<ReadonlySet<AgreementId>> {
  const ids = new Set<AgreementId>();
  for (const [, input] of found) {
    const right = rightTo(input, owner, today);
    if (right.kind === 'granted') ids.add(right.grant.agreementId);
    if (right.kind !== 'own' || !input?.version.definition.derivation) continue;
    const nested = await readInputs(table, input.version, today, depth + 1);
    for (const id of await sourcesOf(table, nested, owner, today, depth + 1)) ids.add(id);
  }
  return ids;
}

/** Resources that are, or were, derived of this one. */
export async function derivedOf(table: Table, id: ResourceId): Promise<readonly ResourceId[]> {
  const found: ResourceId[] = [];
  for await (const { item } of walk(table, { from: { pk: keyOf.resource(id).pk, prefix: 'DERIVED#' } }))
    found.push(item['derived'] as ResourceId);
  return found;
}

/** Derivations that are followed at most from one resource. */
const MOST_FOLLOWED = 500;

/** Whether some of these resources are derived, over however many others, of that one. */
export async function restOn(table: Table, resources: Iterable<ResourceId>, sought: ResourceId): Promise<boolean> {
  const known = new Set(resources);
  for (const id of known) {
    if (id === sought || known.size > MOST_FOLLOWED) return true;
    const version = await readLatestVersion(table, id);
    for (const { resourceId } of Object.values(version?.definition.derivation?.inputs ?? {})) known.add(resourceId);
  }
  return false;
}
