import type { ComparisonRefusal } from '../../schemas/contracts/comparisons.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import { restsOnOf } from '../datasets/rests-on.ts';
import { sourcesState, withheldBySources, type WithheldBySources } from '../datasets/sources.ts';
import { dayIn } from '../kernel/time.ts';
import type { Compare } from './stores.ts';

type Ports = Pick<Compare, 'facts' | 'timeZone' | 'clock'>;

const agreementIn =
  ({ facts }: Ports) =>
  async (id: AgreementId) =>
    (await facts.agreement(id))?.value;

/** Whether what a dataset was derived of is granted still. */
export const rightsStand = async (ports: Ports, dataset: StoredDataset): Promise<boolean> =>
  (await sourcesState(restsOnOf(dataset), agreementIn(ports), dayIn(ports.timeZone, ports.clock.now()))) === 'standing';

/** Why nothing of a dataset is told under these terms now, as far as its sources go. */
export const withheldOf = (
  ports: Ports,
  dataset: StoredDataset,
  terms: Terms,
): Promise<WithheldBySources | undefined> =>
  withheldBySources(
    dataset,
    terms,
    { agreementOf: agreementIn(ports), inheritedOn: ports.facts.inherited },
    dayIn(ports.timeZone, ports.clock.now()),
  );

const granted = {
  code: 'agreement-not-active',
  detail:
    'What this data was derived of is not granted any more, or not now: while that is so, nothing is compared with it, nor told of it.',
} as const;

/** The same in the words of a comparison or a watch. */
export const withheldWords = {
  paused: granted,
  withdrawn: granted,
  beyond: {
    code: 'incompatible-version',
    detail: 'By now the terms go further than what this data is derived of allows; amend the agreement.',
  },
} as const satisfies Record<WithheldBySources, ComparisonRefusal>;
