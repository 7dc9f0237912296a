import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceSummary, ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { EntryTexts } from './catalog-state.ts';

/** A resource as the catalog lists it, by what was published; how it ends is told beside. */
const summaryOf = ({
  resourceId,
  version,
  provider,
  publishedAt,
  resourceCode,
  definition,
}: ResourceVersion): ResourceSummary => {
  const { title, titleEn, category, formatClass, themes, shareType, open, modes, updateCycle } = definition;
  return {
    resourceId,
    version,
    title,
    ...(titleEn !== undefined && { titleEn }),
    provider,
    ...(category !== undefined && { category }),
    ...(resourceCode !== undefined && { resourceCode }),
    ...(formatClass !== undefined && { formatClass }),
    themes,
    shareType,
    ...(open !== undefined && { open }),
    modes,
    updateCycle,
    publishedAt,
  };
};

/** What a search looks into. */
export const entryOf = (version: ResourceVersion): EntryTexts => ({
  summary: summaryOf(version),
  description: version.definition.description,
  fields: fieldsOf(version.definition),
});

const fieldsOf = ({ schema }: ResourceDefinition): EntryTexts['fields'] =>
  schema.fields.map(({ name, title, titleEn, provider }) => ({
    name,
    ...(title !== undefined && title !== '' && { title }),
    ...(titleEn !== undefined && titleEn !== '' && { titleEn }),
    ...(provider !== undefined && { provider }),
  }));
