import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Facts } from '../ports.ts';

/** Hundreds of agreements share a few schemas and datasets; a published or committed one never changes. */
export function remembering(facts: Facts): Pick<Facts, 'dataset' | 'schema'> {
  return {
    schema: remembered((id, version) => facts.schema(id, version)),
    dataset: remembered((id, version) => facts.dataset(id, version)),
  };
}

function remembered<T>(read: (resourceId: ResourceId, version: number) => Promise<T>): typeof read {
  const known = new Map<string, Promise<T>>();
  return (resourceId, version) => {
    const key = `${resourceId}#${version}`;
    const value = known.get(key) ?? read(resourceId, version);
    known.set(key, value);
    return value;
  };
}
