import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { UnusedGrant } from '../../schemas/contracts/reports.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredUse } from '../../schemas/stored/reports.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import { isInUse, isOldEnough, unusedGrant } from './domain/usage.ts';
import type { Ports } from './ports.ts';

/** A page looks at `limit` agreements and shows those that nobody makes use of. */
export const listUnusedGrantsHandler = (ports: Ports) =>
  endpoint(routes.listUnusedGrants, async ({ query, caller }) => {
    const asked = { days: query.days, now: ports.clock.now() };
    const { items, ...more } = await ports.agreements.page(seesAll(caller) ? 'all' : caller.department, query);
    const judged = await Promise.all(items.map((agreement) => judge(ports, agreement, asked)));
    return done({ items: judged.filter((grant) => grant !== undefined), ...more });
  });

type Asked = Parameters<typeof unusedGrant>[2];

/** Of a grant in use the newest deliveries tell it already; only one that is not is read to its end. */
async function judge({ uses }: Ports, agreement: Agreement, asked: Asked): Promise<UnusedGrant | undefined> {
  if (!isOldEnough(agreement, asked)) return undefined;
  const read: StoredUse[] = [];
  for await (const use of uses.of(agreement.agreementId)) {
    if (isInUse(agreement, use, asked)) return undefined;
    read.push(use);
  }
  return unusedGrant(agreement, read, asked);
}
