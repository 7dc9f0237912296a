import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../../schemas/contracts/ids.ts';
import { isFiled, isOver } from '../../reading/agreement.ts';
import { activate } from './activate.ts';
import type { DatasetPorts } from './plan-dataset.ts';
import type { Extracts, ExtractObjects, ReleasePlans } from '../ports.ts';
import { revoke, takeBackReplaced } from '../revoke.ts';

export interface AgreementPorts extends DatasetPorts {
  readonly plans: ReleasePlans;
  readonly extracts: Extracts;
  readonly objects: Pick<ExtractObjects, 'remove' | 'discard'>;
}

/**
 * An agreement came into force, was amended, suspended or resumed, or is over: does what its present state asks for,
 * however late or often it is called. A suspension asks for nothing: whatever would go out asks the agreement first.
 */
export async function reactToAgreement(ports: AgreementPorts, id: AgreementId): Promise<void> {
  const agreement = await ports.facts.agreement(id);
  if (!agreement) return;
  await follow(ports, agreement.value);
  await ports.marks.clearAgreement(id, agreement.revision);
}

async function follow(ports: AgreementPorts, agreement: Agreement): Promise<void> {
  const { state, agreementId } = agreement;
  if (isOver({ state })) return revoke(ports, agreementId);
  if (isFiled({ state })) await takeBackReplaced(ports, agreement);
  if (state === 'active') await activate(ports, agreement);
}
