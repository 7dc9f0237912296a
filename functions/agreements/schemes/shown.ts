import type { SchemeId } from '../../../schemas/contracts/ids.ts';
import type { Scheme } from '../../../schemas/contracts/schemes.ts';
import type { Caller } from '../../kernel/caller.ts';
import { schemeFor } from '../domain/scheme.ts';
import { eachOf } from './each.ts';
import type { SchemePorts } from './ports.ts';

/** A scheme as it is now, as far as a caller may see it; undefined where it may not know of it. */
export async function schemeShown(
  { schemes, agreements }: Pick<SchemePorts, 'schemes' | 'agreements'>,
  id: SchemeId,
  caller: Caller,
): Promise<Scheme | undefined> {
  const stored = await schemes.find(id);
  if (!stored) return undefined;
  const found = await eachOf(stored.parts, async ({ agreementId }) => (await agreements.find(agreementId))?.value);
  const there = found.filter((agreement) => agreement !== undefined);
  return schemeFor(stored, there, caller);
}
