import { memoryCheckedObjects, memoryIntakeObjects } from '../support/memory/objects.ts';
import { objectsContract } from '../ports/objects.contract.ts';

objectsContract('memory', () => {
  const objects = memoryIntakeObjects();
  const checked = memoryCheckedObjects();
  return {
    objects,
    checked,
    put: async (key, content) => void objects.send(key, content),
    putPart: async (_key, id, number, content) => objects.putPart(id, number, content),
    visible: async (key) => checked.visible()[key],
  };
});
