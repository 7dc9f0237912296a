import type { ReconciliationId } from '../../../schemas/contracts/ids.ts';
import type { Reconciliation } from '../../../schemas/contracts/reconciliations.ts';
import type { Reference } from '../../../schemas/stored/answers.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import { orderShownTo } from '../domain/reconciliations/shown.ts';
import type { ReconciliationPorts } from './ports.ts';

/** What a repetition is answered: the order as it is by then. */
export const orderShownAgain =
  ({ reconciliations }: Pick<ReconciliationPorts, 'reconciliations'>) =>
  async (
    { caller }: { readonly caller: Caller },
    { reconciliationId }: Reference,
  ): Promise<Outcome<Reconciliation, never>> => {
    const order = await reconciliations.find(reconciliationId as ReconciliationId);
    if (!order) throw new Fault(`standing order ${reconciliationId} is not there`);
    return done(orderShownTo(order, caller.department));
  };
