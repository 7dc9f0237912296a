import type { CorrectionQuery } from '../../../../schemas/contracts/corrections.ts';
import { CorrectionId, type DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { StoredCorrection, CorrectionPointer } from '../../../../schemas/stored/delivery.ts';
import type { CorrectionAct, Corrections } from '../../../delivery/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { whileNewest } from '../datasets/store.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { fromItem, readRevised, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { pageOf, walk } from '../table/walk.ts';
import { commit, put, putNew, putNext, remove, type Write } from '../table/write.ts';

export const dynamoCorrections = (table: Table): Corrections => ({
  find: (id) => readCorrection(table, id),
  report: async (act) =>
    (await commit(table, [putNew(table, itemOf(act.correction)), ...besides(table, act)])).committed,
  replace: async (act, revision) =>
    (
      await commit(table, [
        putNext(table, itemOf(act.correction), revision),
        ...stillNewest(table, act.correction),
        ...besides(table, act),
      ])
    ).committed,
  async *awaiting(resourceId) {
    const listing = { from: { pk: keyOf.resource(resourceId).pk, prefix: 'CORRECTION#' } };
    for await (const { position } of walk(table, listing)) yield CorrectionId.parse(position);
  },
  listOf: (department, query) => listOf(table, department, query),
});

const readCorrection = (table: Table, id: CorrectionId) => readRevised(table, keyOf.correction(id), StoredCorrection);

const itemOf = (correction: StoredCorrection) =>
  toItem('correction', keyOf.correction(correction.correctionId), correction);

/** What every act commits with the correction itself. */
const besides = (table: Table, { correction, evidence, notices, answer }: CorrectionAct): readonly Write[] => [
  ...pointers(table, correction),
  ...awaited(table, correction),
  ...writeEvidence(table, evidence),
  ...writeMessages(table, notices),
  ...writeAnswer(table, answer),
];

const pointers = (table: Table, correction: StoredCorrection): readonly Write[] =>
  (['consumer', 'provider'] as const).map((role) => {
    const { correctionId, state } = correction;
    const pointer: CorrectionPointer = { correctionId, role, state };
    const key = keyOf.partyCorrection(correction[role], correctionId);
    return put(table, toItem('pointer', key, pointer));
  });

/**
 * What is promised is a dataset after the newest: one that was committed meanwhile has looked for promises already, and
 * would never be taken for it.
 */
const stillNewest = (table: Table, { resourceId, state, awaitedAfter }: StoredCorrection): readonly Write[] =>
  state !== 'answered' || awaitedAfter === undefined ? [] : [whileNewest(table, resourceId, awaitedAfter)];

/** Its place under the resource, as long as an upload is awaited that corrects it. */
function awaited(table: Table, { correctionId, resourceId, state, awaitedAfter }: StoredCorrection): readonly Write[] {
  const key = keyOf.resourceCorrection(resourceId, correctionId);
  if (state === 'closed') return [remove(table, key)];
  if (awaitedAfter === undefined) return [];
  return [put(table, toItem('pointer', key, { correctionId }))];
}

async function listOf(table: Table, department: DepartmentId, query: CorrectionQuery): Promise<Page<StoredCorrection>> {
  const listing = { from: { pk: `PARTY#${department}`, prefix: 'CORRECTION#' } };
  const { items, ...rest } = await pageOf(table, listing, query, (item) => {
    const pointer = fromItem(CorrectionPointer, item);
    return isWanted(pointer, query) ? pointer.correctionId : undefined;
  });
  return { items: await Promise.all(items.map((id) => present(table, id))), ...rest };
}

const isWanted = ({ role, state }: CorrectionPointer, query: CorrectionQuery): boolean =>
  (query.role === undefined || role === query.role) && (query.state === undefined || state === query.state);

async function present(table: Table, id: CorrectionId): Promise<StoredCorrection> {
  const found = await readCorrection(table, id);
  if (!found) throw new Fault(`correction ${id} is listed and not there`);
  return found.value;
}
