import type { DispatchEvent } from '../../../schemas/contracts/events.ts';
import { planDataset } from './plan-dataset.ts';
import { reactToAgreement, type AgreementPorts } from './react-to-agreement.ts';

/** New datasets, and agreements of which something else is in force; told once more, or late, it finds its own traces. */
export const dispatch =
  (ports: AgreementPorts) =>
  (event: DispatchEvent): Promise<void> =>
    event.type === 'dataset-committed'
      ? planDataset(ports, event.resourceId, event.datasetVersion)
      : reactToAgreement(ports, event.agreementId);
