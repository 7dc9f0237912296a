import type { RunInput } from '../../../schemas/contracts/derivation-runs.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { InputVersion, RestsOn, StoredDataset } from '../../../schemas/stored/datasets.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import { digestOf } from '../../kernel/digest.ts';
import { isOver } from '../../reading/agreement.ts';
import type { InputInUse } from '../../reading/derivation/rights.ts';

/** An input of a run, by its name in the statement: by what right, and what is in force of it. */
export interface Source {
  readonly name: string;
  readonly input: InputInUse;
  /** None where it is lost, or there is none yet. */
  readonly dataset: StoredDataset | undefined;
}

export const isLost = ({ input }: Source): boolean => input.right.kind === 'lost';

/** For good: no agreement that ever gave it comes back. */
export const isEnded = (source: Source): boolean =>
  isLost(source) &&
  source.input.agreements
    .filter(({ filingNumber }) => filingNumber !== undefined)
    .every((agreement) => isOver(agreement));

/** What a run reads of each input. */
export const runInputs = (sources: readonly Source[]): Record<string, RunInput> =>
  Object.fromEntries(
    sources.map((source) => {
      const { name, input, dataset } = source;
      const { right, version } = input;
      return [
        name,
        {
          resourceId: version.resourceId,
          ...(dataset && { datasetVersion: dataset.datasetVersion }),
          ...(right.kind !== 'own' && { agreementId: right.grant.agreementId, termsVersion: right.grant.termsVersion }),
          ...(isLost(source) && { lost: true as const }),
          ...(isEnded(source) && { ended: true as const }),
        },
      ];
    }),
  );

/** Whoever runs the same version on the same inputs by the same rights, and however often, makes the same of them. */
export const runOf = (version: ResourceVersion, sources: readonly Source[]): string =>
  digestOf({ resourceId: version.resourceId, version: version.version, inputs: runInputs(sources) });

const restOf = ({ input: { right } }: Source): RestsOn | undefined =>
  right.kind === 'granted'
    ? { agreementId: right.grant.agreementId, termsVersion: right.grant.termsVersion }
    : undefined;

/** All agreements that a result rests on: those of its inputs, and those that derived inputs rest on themselves. */
export function restsOn(sources: readonly Source[]): RestsOn[] {
  const all = sources.flatMap((source) => [restOf(source) ?? [], restsOnOf(source.dataset)].flat());
  return [...new Map(all.map((one) => [`${one.agreementId} ${one.termsVersion}`, one])).values()];
}

export const inputVersions = (sources: readonly Source[]): Record<string, InputVersion> =>
  Object.fromEntries(
    sources.map((source) => {
      const agreement = restOf(source);
      return [
        source.name,
        {
          resourceId: source.input.version.resourceId,
          ...(source.dataset && { datasetVersion: source.dataset.datasetVersion }),
          ...(agreement && { agreement }),
        },
      ];
    }),
  );
