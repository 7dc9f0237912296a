import { memoryIntake } from '../support/memory/uploads.ts';
import { uploadsContract } from '../ports/uploads.contract.ts';

uploadsContract('memory', () => {
  const { uploads, segments, resources, qualities, answers, evidence, datasets, give } = memoryIntake();
  return {
    uploads,
    segments,
    resources,
    qualities,
    answers,
    giveHead: async (head) => give({ head }),
    dataset: async (resourceId, version) =>
      datasets.find((dataset) => dataset.resourceId === resourceId && dataset.datasetVersion === version),
    hasEvidence: async (item) => evidence.some(({ evidenceId }) => evidenceId === item.evidenceId),
  };
});
