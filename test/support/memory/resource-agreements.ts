import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { ResourceAgreements } from '../../../functions/catalog/ports.ts';

export interface MemoryResourceAgreements extends ResourceAgreements {
  /** From now on it is there, in the place of an earlier state of itself. */
  give(agreement: Agreement): void;
}

export function memoryResourceAgreements(): MemoryResourceAgreements {
  const agreements = new Map<string, Agreement>();
  return {
    give: (agreement) => void agreements.set(agreement.agreementId, agreement),
    notOver: async (id) =>
      [...agreements.values()].filter(
        ({ resourceId, state }) => resourceId === id && state !== 'terminated' && state !== 'expired',
      ),
  };
}
