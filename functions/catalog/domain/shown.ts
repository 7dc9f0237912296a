import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { type Officer, seesAll } from '../../reading/oversight.ts';

/** What a resource is made of tells whose data its owner has: the owner, authority and auditor see it. */
export function shownTo<V extends ResourceVersion>(officer: Officer, version: V): V {
  if (version.definition.derivation === undefined) return version;
  if (officer.department === version.provider || seesAll(officer)) return version;
  const { derivation: _derivation, ...definition } = version.definition;
  return { ...version, definition };
}
