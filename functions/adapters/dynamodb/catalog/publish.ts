import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import type { ResourceHead } from '../../../../schemas/stored/catalog.ts';
import type { Coding, Publication } from '../../../catalog/ports.ts';
import { isDeliveredOnly } from '../../../datasets/next-version.ts';
import { markRepresent } from '../datasets/represent-marks.ts';
import { writeLineage } from '../derive/publish-derived.ts';
import { writeEvidence } from '../evidence.ts';
import { change } from '../table/change.ts';
import { carriedBefore } from '../table/due.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { putNew, type Write } from '../table/write.ts';
import { writeBreakingMark } from './agreements.ts';
import { commitContested } from './contested.ts';
import { markLate, neverLate } from './late.ts';
import { changeEntry, readCatalogRevision, writeCatalogChange, writeEntry } from './states.ts';

/** Version, head, entry, evidence, and the marks that they leave, in one transaction. */
export const publishVersion = (
  table: Table,
  publication: Publication,
  readHead: () => Promise<ResourceHead | undefined>,
): Promise<ResourceVersion | undefined> =>
  commitContested(table, async () => {
    const [head, read] = await Promise.all([readHead(), readCatalogRevision(table)]);
    if ((head?.latestVersion ?? 0) !== publication.version.version - 1 || head?.retiredAt !== undefined)
      return undefined;
    const { coded, numbering } = await withCode(table, publication, head);
    const { version, entry, evidence, mark, lineage } = coded;
    const { resourceId, publishedAt } = version;
    return {
      own: [
        ...(head ? moveHead(table, version, head) : putHead(table, version)),
        putVersion(table, version),
        head
          ? changeEntry(table, resourceId, { about: entry }, read + 1)
          : writeEntry(table, resourceId, entry, read + 1),
        ...writeEvidence(table, evidence),
        ...represented(table, version, head),
        ...(mark ? writeBreakingMark(table, mark, publishedAt) : []),
        ...(lineage ? writeLineage(table, version, lineage) : []),
      ],
      contested: [...writeCatalogChange(table, resourceId, { read, at: publishedAt }), ...numbering],
      result: version,
    };
  });

const isForDeliveries = ({ modes }: ResourceVersion['definition']): boolean =>
  modes.every((mode) => mode === 'delivery');

/** Only a definition that offers lookups or comparisons may want what there is not. */
const represented = (
  table: Table,
  { resourceId, version, publishedAt, definition }: ResourceVersion,
  head?: ResourceHead,
) =>
  isForDeliveries(definition)
    ? []
    : [
        markRepresent(
          table,
          { resourceId, datasetVersion: head?.datasetVersion ?? 0, resourceVersion: version },
          publishedAt,
        ),
      ];

const putVersion = (table: Table, version: ResourceVersion): Write =>
  putNew(
    table,
    toItem('resource-version', keyOf.resourceVersion(version.resourceId, version.version), {
      ...version,
      definition: JSON.stringify(version.definition),
    }),
  );

function putHead(
  table: Table,
  { resourceId, provider, resourceCode, publishedAt, definition }: ResourceVersion,
): readonly Write[] {
  const { updateCycle } = definition;
  const head: ResourceHead = {
    resourceId,
    provider,
    latestVersion: 1,
    lastSequence: 0,
    committedSequence: 0,
    datasetVersion: 0,
    updateCycle,
    publishedAt,
    ...(isForDeliveries(definition) && { deliveredOnly: 1 }),
    ...(resourceCode !== undefined && { resourceCode }),
  };
  return [
    putNew(table, toItem('resource', keyOf.resource(resourceId), head)),
    ...markLate(table, head, updateCycle, publishedAt),
  ];
}

/**
 * A dataset may be committed at the same moment, and the mark then be earlier than it should: whoever finds the resource
 * by it judges by the head.
 */
function moveHead(
  table: Table,
  { resourceId, version, resourceCode, definition }: ResourceVersion,
  head: ResourceHead,
): readonly Write[] {
  const { updateCycle } = definition;
  const late = markLate(table, head, updateCycle, head.datasetAt ?? head.publishedAt);
  const moved = change(table, keyOf.resource(resourceId), {
    set: {
      latestVersion: version,
      updateCycle,
      resourceCode,
      ...(isDeliveredOnly(head) && isForDeliveries(definition) && { deliveredOnly: version }),
    },
    remove: [...(resourceCode === undefined ? ['resourceCode'] : []), ...carriedBefore],
    when: '#latestVersion = :read AND attribute_not_exists(#retiredAt)',
    values: { read: version - 1 },
  });
  return [moved, ...(late.length > 0 ? late : [neverLate(table, resourceId)])];
}

/** The publication with the resource's code, and the write that takes a number for a new one. */
async function withCode(table: Table, publication: Publication, head: ResourceHead | undefined) {
  const { coding } = publication;
  if (!coding) return { coded: publication, numbering: [] };
  const kept = head?.resourceCode;
  if (kept !== undefined && coding.isCode(kept)) return { coded: coded(publication, kept), numbering: [] };
  const number = (await lastNumber(table, coding)) + 1;
  return { coded: coded(publication, coding.codeOf(number)), numbering: [takeNumber(table, coding, number)] };
}

const coded = (publication: Publication, resourceCode: string): Publication => {
  const { version, entry } = publication;
  return {
    ...publication,
    version: { ...version, resourceCode },
    entry: { ...entry, summary: { ...entry.summary, resourceCode } },
  };
};

async function lastNumber(table: Table, { category }: Coding): Promise<number> {
  const item = await readItem(table, keyOf.category(category));
  return typeof item?.['lastNumber'] === 'number' ? item['lastNumber'] : 0;
}

const takeNumber = (table: Table, { category }: Coding, number: number): Write =>
  change(table, keyOf.category(category), {
    set: { lastNumber: number, kind: 'category' },
    ...(number === 1
      ? { when: 'attribute_not_exists(#pk)' }
      : { when: '#lastNumber = :read', values: { read: number - 1 } }),
  });
