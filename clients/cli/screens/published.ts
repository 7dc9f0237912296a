import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { green, type Look } from '../look.ts';
import { either } from './words.ts';

export const publishedScreen = ({ resourceId, version, definition }: ResourceVersion, look: Look): string => {
  const fields = definition.schema.fields.length;
  const said = either(
    look,
    `${resourceId} is in the catalog as version ${version}, with ${fields} ${fields === 1 ? 'field' : 'fields'}.`,
    `${resourceId} 已在目录中，版本 ${version}，共 ${fields} 个信息项。`,
  );
  return `${green(said, look)}\n${either(look, 'next', '下一步')}  hub upload FILE --resource ${resourceId}`;
};
