import * as z from 'zod';
import { Demand, DemandState } from '../contracts/demands.ts';
import { Theme } from '../contracts/themes.ts';

/** As stored: what is read off an agreement is not stored a second time. */
export const StoredDemand = z.strictObject({
  ...Demand.omit({ agreementId: true }).shape,
  state: DemandState.exclude(['negotiating', 'satisfied']),
});
export type StoredDemand = z.infer<typeof StoredDemand>;

/** The item counts the theme's demands, too: who defines the theme leaves that attribute alone. */
export const ThemeItem = z.object(Theme.shape);
