import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredUse } from '../../schemas/stored/reports.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import { usageOf } from './domain/usage.ts';
import type { Ports } from './ports.ts';

export const readUsageHandler = ({ agreements, uses, clock }: Ports) =>
  endpoint(routes.readUsage, async ({ params, query, caller }) => {
    const agreement = await agreements.find(params.agreementId);
    if (!agreement || !mayRead(agreement, caller)) return refuse('not-found');
    const [delivered, asked] = await Promise.all([
      collected(uses.of(params.agreementId)),
      uses.asked(params.agreementId),
    ]);
    return done(usageOf(agreement, { uses: delivered, asked }, { days: query.days, now: clock.now() }));
  });

async function collected(uses: AsyncIterable<StoredUse>): Promise<readonly StoredUse[]> {
  const all: StoredUse[] = [];
  for await (const use of uses) all.push(use);
  return all;
}
