import * as z from 'zod';
import { Demand, DemandState } from '../contracts/demands.ts';

/** As stored: what is read off an agreement is not stored a second time. */
export const StoredDemand = z.strictObject({
  ...Demand.omit({ agreementId: true }).shape,
  state: DemandState.exclude(['negotiating', 'satisfied']),
});
export type StoredDemand = z.infer<typeof StoredDemand>;
