import type { CorrectionAct, Corrections } from '../../../functions/delivery/ports.ts';
import type { MemoryHub } from './deliveries.ts';
import { memoryPage } from './pages.ts';

export const memoryCorrections = (hub: MemoryHub): Corrections => {
  const put = ({ correction, evidence, notices, answer }: CorrectionAct, revision: number): boolean =>
    hub.journal.commit(
      () => {
        hub.corrections.set(correction.correctionId, { value: correction, revision });
        hub.told.push(...notices);
      },
      evidence,
      answer,
    );
  const all = () =>
    [...hub.corrections.values()]
      .map(({ value }) => value)
      .toSorted((a, b) => (a.correctionId < b.correctionId ? -1 : 1));
  return {
    find: async (id) => hub.corrections.get(id),
    report: async (act) => put(act, 1),
    replace: async (act, revision) =>
      hub.corrections.get(act.correction.correctionId)?.revision === revision && put(act, revision + 1),
    async *awaiting(resourceId) {
      const awaited = all().filter((one) => one.resourceId === resourceId && one.awaitedAfter !== undefined);
      yield* awaited.map(({ correctionId }) => correctionId);
    },
    listOf: async (department, query) =>
      memoryPage(
        all().filter(({ provider, consumer }) => department === provider || department === consumer),
        ({ correctionId }) => correctionId,
        query,
        (correction) => {
          const isIts = query.role === undefined || correction[query.role] === department;
          return isIts && (query.state === undefined || correction.state === query.state) ? correction : undefined;
        },
      ),
  };
};
