import type { CorrectionId } from '../../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { traceOf } from '../../kernel/about.ts';
import { each } from '../../kernel/each.ts';
import { theHub } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Hub } from '../../kernel/ports.ts';
import { correctionAct } from './correction-act.ts';
import { closedBy } from '../domain/corrections.ts';
import type { Corrections, Facts } from '../ports.ts';

const WIDTH = 4;

export interface ClosingPorts extends Hub {
  readonly facts: Pick<Facts, 'dataset'>;
  readonly corrections: Corrections;
}

/**
 * A dataset was committed: closes what its provider said that it would correct, where the content is another than was
 * delivered. Told again, it finds nothing left to close. Answers what failed.
 */
export const closeCorrections = (ports: ClosingPorts, dataset: StoredDataset): Promise<unknown[]> =>
  each(ports.corrections.awaiting(dataset.resourceId), WIDTH, (id) => closeOne(ports, id, dataset));

async function closeOne(ports: ClosingPorts, id: CorrectionId, dataset: StoredDataset): Promise<void> {
  const found = await ports.corrections.find(id);
  if (!found) return;
  const { resourceId, datasetVersion } = found.value;
  const delivered = await ports.facts.dataset(resourceId, datasetVersion);
  if (!delivered) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is not there`);
  const closed = closedBy(found.value, dataset, delivered, ports.clock.now());
  if (!closed) return;
  // Where somebody was quicker it is closed already: nothing else can become of it.
  if (await ports.corrections.replace(correctionAct(ports, closed, theHub('dispatch')), found.revision))
    ports.log.info('correction closed', { ...traceOf(closed), datasetVersion: dataset.datasetVersion });
}
