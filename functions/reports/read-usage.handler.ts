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
    const all: StoredUse[] = [];
    for await (const use of uses.of(params.agreementId)) all.push(use);
    return done(usageOf(agreement, all, { days: query.days, now: clock.now() }));
  });
