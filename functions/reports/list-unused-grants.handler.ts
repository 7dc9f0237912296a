import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { UnusedGrant } from '../../schemas/contracts/reports.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredUse } from '../../schemas/stored/reports.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import { isInUse, isOldEnough, unusedGrant } from './domain/unused.ts';
import type { Ports } from './ports.ts';

/** A page looks at `limit` agreements and shows those that nobody makes use of. */
export const listUnusedGrantsHandler = (ports: Ports) =>
  endpoint(routes.listUnusedGrants, async ({ query, caller }) => {
    const judging = { days: query.days, now: ports.clock.now() };
    const { items, ...more } = await ports.agreements.page(seesAll(caller) ? 'all' : caller.department, query);
    const judged = await Promise.all(items.map((agreement) => judge(ports, agreement, judging)));
    return done({ items: judged.filter((grant) => grant !== undefined), ...more });
  });

type Judging = Parameters<typeof unusedGrant>[2];

/** Of a grant in use what was asked, or the newest deliveries, tell it already; only one that is not is read to its end. */
async function judge({ uses }: Ports, agreement: Agreement, judging: Judging): Promise<UnusedGrant | undefined> {
  if (!isOldEnough(agreement, judging)) return undefined;
  const asked = await uses.asked(agreement.agreementId);
  if (asked.some((month) => isInUse(agreement, month, judging))) return undefined;
  const read: StoredUse[] = [];
  for await (const use of uses.of(agreement.agreementId)) {
    if (isInUse(agreement, use, judging)) return undefined;
    read.push(use);
  }
  return unusedGrant(agreement, { uses: read, asked }, judging);
}
