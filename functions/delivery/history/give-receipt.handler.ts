import { routes } from '../../../schemas/contracts/routes.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { traceOf } from '../../kernel/about.ts';
import type { Caller } from '../../kernel/caller.ts';
import { endpoint, type Reply } from '../../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Released } from '../../reading/released.ts';
import { asReleasedTo } from '../domain/access.ts';
import { shown } from '../domain/notice.ts';
import { subjectOf } from '../domain/subject.ts';
import type { Deliveries } from '../ports.ts';

export interface ReceiptPorts extends Hub {
  readonly deliveries: Deliveries;
}

/** The first receipt counts, also once the agreement has ended: what was fetched before can be confirmed after. */
export const giveReceipt = (ports: ReceiptPorts) =>
  endpoint(routes.giveReceipt, async (call) => {
    const { caller, params, body } = call;
    const delivery = asReleasedTo(await ports.deliveries.find(params.deliveryId), caller.department);
    if (!delivery.ok) return delivery;
    call.note(traceOf(delivery.value));
    if (body.sha256 !== delivery.value.sha256) return refuse('digest-differs');
    return receive(ports, delivery.value, caller, (value) => call.answer(shown(value, caller.department)));
  });

async function receive(
  ports: ReceiptPorts,
  delivery: Released,
  caller: Caller,
  answer: (delivery: StoredDelivery) => StoredAnswer | undefined,
): Promise<Reply<typeof routes.giveReceipt>> {
  if (delivery.receivedAt !== undefined) {
    await ports.deliveries.remember(answer(delivery));
    return done(shown(delivery, caller.department));
  }
  const receivedAt = ports.clock.now();
  const received = { ...delivery, receivedAt };
  const { deliveryId, sha256 } = delivery;
  const evidence = evidenceOf(ports, 'receipt-given', actorOf(caller), subjectOf(delivery), { extract: sha256 });
  if (await ports.deliveries.receive(delivery, receivedAt, evidence, answer(received))) {
    ports.metrics.count('Receipts');
    return done(shown(received, caller.department));
  }
  const current = await ports.deliveries.find(deliveryId);
  return current?.receivedAt === undefined ? refuse('changed-meanwhile') : done(shown(current, caller.department));
}
