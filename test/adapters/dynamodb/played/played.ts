import type { Indexed } from '../../../../functions/adapters/dynamodb/table/items.ts';
import type { Item } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { theHub } from '../../../../functions/kernel/evidence.ts';
import { Evidence } from '../../../../schemas/contracts/evidence.ts';
import { anId, aResource, department, instant } from '../../../support/builders.ts';

/** One item as this version writes it, and what this version does with it. */
export interface Played {
  readonly item: Item;
  /** Through whatever reads it; says what it found. */
  readonly read: () => Promise<unknown>;
  /** Changes it; left out of what is written once, or always anew from something else. */
  readonly change?: () => Promise<unknown>;
}

export const until = '2099-01-01T00:00:00.000Z';
export const { resourceId } = aResource();
export const [provider, consumer] = [department('quality'), department('tax')];
export const page = { limit: 50 };
export const id = (number: number) => anId(9000 + number) as never;

export async function all<T>(found: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of found) items.push(item);
  return items;
}

export function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('it is not there');
  return found;
}

export const only =
  (wanted: string) =>
  (got: string): string => {
    if (got !== wanted) throw new Error(`${wanted} was wanted, and not ${got}`);
    return got;
  };

let proofs = 0;
export const proof = (): Evidence =>
  Evidence.parse({
    evidenceId: anId(8000 + ++proofs),
    at: instant,
    act: 'upload-accepted',
    actor: theHub('test'),
    subject: { resourceId },
    digests: {},
  });

export const due = (partition: NonNullable<Indexed['due']>['partition']): Indexed => ({
  due: { partition, at: instant },
});
