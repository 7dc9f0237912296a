import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Mask } from '../../../schemas/contracts/terms.ts';
import type { Cover, Refer } from './mask.ts';

/**
 * What stands in the place of a granted field's values: its mask; of attachments that are given, references.
 * @throws if nobody says how references are made
 */
export function coverOf(
  { name, reference }: Pick<Field, 'name' | 'reference'>,
  mask: Readonly<Record<string, Mask>>,
  refer: Refer | undefined,
): Cover | undefined {
  if (Object.hasOwn(mask, name)) return mask[name];
  if (reference === undefined) return undefined;
  if (!refer) throw new Error('attachments are given and nobody says how they are referred to');
  return refer;
}
