import type { Schemes } from '../../../functions/agreements/schemes/ports.ts';
import type { StoredScheme } from '../../../schemas/stored/agreements.ts';
import { memoryJournal, type Journal } from './kernel.ts';

export function memorySchemes(journal: Journal = memoryJournal()): Schemes {
  const schemes = new Map<string, StoredScheme>();
  const put = (scheme: StoredScheme) => void schemes.set(scheme.schemeId, structuredClone(scheme));
  return {
    find: async (id) => schemes.get(id),
    begin: async (scheme) => {
      const earlier = schemes.get(scheme.schemeId);
      if (!earlier) put(scheme);
      return earlier ?? scheme;
    },
    conclude: async (scheme, answer) => journal.commit(() => put(scheme), undefined, answer),
    keepAnswer: async (answer) => journal.commit(() => undefined, undefined, answer),
  };
}
