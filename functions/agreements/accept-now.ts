import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Officer } from '../reading/oversight.ts';
import { momentOf } from './act.ts';
import { accept } from './domain/steps/accept.ts';
import { newest } from './fitting.ts';
import type { Ports } from './ports.ts';

/** Accepts terms by what the resource inherits at that moment. */
export async function acceptNow(
  ports: Pick<Ports, 'catalog' | 'clock' | 'ids' | 'timeZone'>,
  agreement: Agreement,
  by: Officer,
  named: { readonly termsVersion: number },
): Promise<ReturnType<typeof accept>> {
  const { at, today } = momentOf(ports);
  const resource = await newest(ports.catalog, agreement);
  return accept(agreement, by, named, at, await ports.catalog.inherited(resource, today));
}
