import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { traceOf } from '../kernel/about.ts';
import { owedFor } from './chain.ts';
import { hadNothing, hasHad, planFrom } from './domain/release.ts';
import { currentTerms, validityOf } from './domain/validity.ts';
import { countPlanned, type DatasetPorts } from './plan-dataset.ts';
import type { Extracts, ExtractObjects, ReleasePlans } from './ports.ts';
import { revoke } from './revoke.ts';
import { sendWork } from './send-work.ts';

export interface AgreementPorts extends DatasetPorts {
  readonly plans: ReleasePlans;
  readonly extracts: Extracts;
  readonly objects: Pick<ExtractObjects, 'remove' | 'discard'>;
}

/** An agreement became active or was ended: does what its present state asks for, however late or often it is called. */
export async function reactToAgreement(ports: AgreementPorts, id: AgreementId): Promise<void> {
  const agreement = await ports.facts.agreement(id);
  if (!agreement) return;
  if (agreement.value.state === 'active') await activate(ports, agreement.value);
  if (agreement.value.state === 'terminated') await revoke(ports, id);
  await ports.marks.clearAgreement(id, agreement.revision);
}

/**
 * The current dataset goes out at once, whatever the frequency; of a chain of changes also those between its start and
 * the current one, which may have come while the agreement was being filed. It is read after the filing was committed: a
 * dataset that comes later finds the agreement active, so that the two never miss each other.
 */
async function activate(ports: AgreementPorts, agreement: Agreement): Promise<void> {
  const now = ports.clock.now();
  if (currentTerms(agreement).mode !== 'delivery' || validityOf(agreement, ports.zone, now) === 'ended') return;
  const awaited = planFrom(agreement, ports.zone, now);
  const { agreementId, resourceId } = agreement;
  const dataset = awaited?.opening ? undefined : await ports.facts.currentDataset(resourceId);
  const deliveries = dataset ? await owedFor(ports, agreement, dataset, now) : [];
  if (awaited) {
    // A plan that is there already says that this activation was taken care of: what came since has its own moment.
    const [delivery] = deliveries;
    await ports.plans.begin({ agreementId, resourceId, ...awaited, ...hadNothing, ...hasHad(delivery) }, delivery);
  } else {
    await ports.deliveries.plan(deliveries);
  }
  countPlanned(ports, deliveries);
  await sendWork(ports, deliveries);
  const trace = deliveries.at(-1);
  ports.log.info('agreement activated', { agreementId, resourceId, ...(trace && traceOf(trace)) });
}
