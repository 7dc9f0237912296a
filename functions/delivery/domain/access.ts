import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { isReleased, type Released } from '../../reading/released.ts';

/** What a department is to a delivery; nothing: then it may not know of it. */
export function roleIn(
  { consumer, provider }: StoredDelivery,
  department: DepartmentId,
): 'consumer' | 'provider' | undefined {
  if (department === consumer) return 'consumer';
  return department === provider ? 'provider' : undefined;
}

/** The consumer's own delivery; its provider knows of it, but the content is not its to fetch or confirm. */
export function asConsumer(
  delivery: StoredDelivery | undefined,
  department: DepartmentId,
): Outcome<StoredDelivery, 'not-found' | 'not-the-consumer'> {
  const role = delivery && roleIn(delivery, department);
  if (!delivery || !role) return refuse('not-found');
  return role === 'consumer' ? done(delivery) : refuse('not-the-consumer');
}

/** Only what was released has content. */
export const asReleased = (delivery: StoredDelivery): Outcome<Released, 'not-released'> =>
  isReleased(delivery) ? done(delivery) : refuse('not-released');

/** The consumer's own delivery, once it was released. */
export function asReleasedTo(
  delivery: StoredDelivery | undefined,
  department: DepartmentId,
): Outcome<Released, 'not-found' | 'not-the-consumer' | 'not-released'> {
  const own = asConsumer(delivery, department);
  return own.ok ? asReleased(own.value) : own;
}
