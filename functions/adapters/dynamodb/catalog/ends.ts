import type { EndOfResource } from '../../../catalog/ports.ts';
import { writeAnswer } from '../answers.ts';
import { writeEvidence } from '../evidence.ts';
import { change } from '../table/change.ts';
import { carriedBefore } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';
import { commitContested } from './contested.ts';
import { neverLate } from './late.ts';
import { writeResourceMark } from './marks.ts';
import { changeEntry, readCatalogRevision, writeCatalogChange } from './states.ts';

/** Head, entry, evidence, answer and marks in one transaction; false where the resource is retired, or the answer is there. */
export async function endResource(table: Table, end: EndOfResource): Promise<boolean> {
  const { resourceId, marks, evidence, answer } = end;
  const done = await commitContested(table, async () => {
    const read = await readCatalogRevision(table);
    const shown = 'deprecation' in end.change ? end.change : { retiredAt: end.change.retiredAt };
    return {
      own: [
        changeHead(table, end),
        // What is retired is no longer late.
        ...('retiredAt' in end.change ? [neverLate(table, resourceId)] : []),
        changeEntry(table, resourceId, shown, read + 1),
        ...writeEvidence(table, evidence),
        ...marks.map((mark) => writeResourceMark(table, mark)),
        ...writeAnswer(table, answer),
      ],
      contested: writeCatalogChange(table, resourceId, { read, at: evidence.at }),
      result: true,
    };
  });
  return done === true;
}

const changeHead = (table: Table, { resourceId, change: set, deprecatedAt, latestVersion }: EndOfResource): Write =>
  change(table, keyOf.resource(resourceId), {
    set,
    remove: carriedBefore,
    when: [
      'attribute_exists(#pk) AND attribute_not_exists(#retiredAt)',
      ...(deprecatedAt === undefined ? [] : ['#deprecation.#at = :deprecatedAt']),
      ...(latestVersion === undefined ? [] : ['#latestVersion = :latestVersion']),
    ].join(' AND '),
    values: { deprecatedAt, latestVersion },
  });
