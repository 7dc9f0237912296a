import type { PublishedResource, SimilarResource } from '../../../schemas/contracts/resources.ts';
import { either, word } from '../../words/speech.ts';
import { green, type Look, yellow } from '../terminal/look.ts';

export const publishedScreen = (
  { resourceId, version, definition, similar = [] }: PublishedResource,
  look: Look,
): string => {
  const fields = definition.schema.fields.length;
  const said = either(
    look,
    `${resourceId} is in the catalog as version ${version}, with ${fields} ${fields === 1 ? 'field' : 'fields'}.`,
    `${resourceId} 已在目录中，版本 ${version}，共 ${fields} 个信息项。`,
  );
  return [
    green(said, look),
    ...similar.map((other) => alike(other, look)),
    `${word('next', look)}  ${definition.derivation ? `hub derive status ${resourceId}` : `hub upload FILE --resource ${resourceId}`}`,
  ].join('\n');
};

const alike = ({ resourceId, title, provider, score }: SimilarResource, look: Look): string =>
  yellow(
    either(
      look,
      `${resourceId} (${title}, of ${provider}) is ${Math.round(score * 100)} % alike: is it the same thing?`,
      `${resourceId}（${title}，${provider}）相似度 ${Math.round(score * 100)} %，是否重复？`,
    ),
    look,
  );
