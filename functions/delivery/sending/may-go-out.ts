import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { exceedsSources } from '../../datasets/sources.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Hub } from '../../kernel/ports.ts';
import { dayIn } from '../../kernel/time.ts';
import { validityOf } from '../../reading/agreement.ts';
import { isReplaced } from '../../reading/delivery.ts';
import { termsOf } from '../../reading/terms.ts';
import { annul } from './annul.ts';
import type { Deliveries, Facts } from '../ports.ts';
import { sourcesOf } from './sources.ts';

/**
 * The agreement that a planned delivery is within, if it is in force today at the terms that the delivery was planned
 * for, so is what its dataset was derived of, and they do not go further than that. Where it never will be again, the delivery becomes void; while it is
 * suspended, the delivery stays planned. Throws
 * before the first day of validity: two machines' clocks differ by a little around midnight, and the delivery must not be
 * lost over it.
 */
export async function mayGoOut(
  ports: Hub & { readonly facts: Facts; readonly deliveries: Deliveries },
  delivery: StoredDelivery,
): Promise<Agreement | undefined> {
  const { facts, clock, timeZone } = ports;
  const agreement = (await facts.agreement(delivery.agreementId))?.value;
  const validity = agreement ? validityOf(agreement, dayIn(timeZone, clock.now())) : 'ended';
  if (!agreement || validity === 'ended') {
    await annul(ports, delivery);
    return undefined;
  }
  if (isReplaced(delivery, agreement)) {
    await annul(ports, delivery, 'terms-replaced');
    return undefined;
  }
  if (validity === 'early') throw new Fault(`agreement ${delivery.agreementId} is not in force yet`);
  if (validity !== 'in-force') return undefined;
  const today = dayIn(timeZone, clock.now());
  const { state, dataset } = await sourcesOf(facts, delivery, today);
  if (state === 'withdrawn') await annul(ports, delivery);
  if (state !== 'standing') return undefined;
  if (await exceedsSources(dataset, termsOf(agreement), facts.inherited, today)) {
    await annul(ports, delivery, 'beyond-sources');
    return undefined;
  }
  return agreement;
}
