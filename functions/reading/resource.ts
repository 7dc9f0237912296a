import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import { fitsTerms } from '../records/index.ts';
import { findChanges } from './changes/find-changes.ts';
import { breaks, touchesOn } from './changes/touches.ts';

/**
 * Whether a later version of a resource leaves terms as they are: what the catalog's gate says of the two, and what
 * deliveries are held against. The first is policy, and can be the milder one; nothing is delivered against the second.
 */
export const termsFit = (terms: Terms, pinned: ResourceVersion, later: ResourceVersion): boolean =>
  fitsTerms(terms, { pinned: pinned.definition.schema, actual: later.definition.schema }) &&
  !touchesOn(terms, findChanges(pinned.definition, later.definition)).some(breaks);
