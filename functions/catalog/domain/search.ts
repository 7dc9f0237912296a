import type { ResourceQuery, ResourceSummary, ResourceVersion } from '../../../schemas/contracts/resources.ts';

/** A resource as the catalog lists it. */
export const summaryOf = ({
  resourceId,
  version,
  provider,
  publishedAt,
  definition,
}: ResourceVersion): ResourceSummary => {
  const { title, titleEn, themes, shareType, modes, updateCycle } = definition;
  return {
    resourceId,
    version,
    title,
    ...(titleEn !== undefined && { titleEn }),
    provider,
    themes,
    shareType,
    modes,
    updateCycle,
    publishedAt,
  };
};

/** Every text that a search looks into: id, titles, description, and the fields' names and titles. */
export function textsOf({ resourceId, definition }: ResourceVersion): readonly string[] {
  const { title, titleEn, description, schema } = definition;
  const fields = schema.fields.flatMap((field) => [field.name, field.title, field.titleEn]);
  return [resourceId, title, titleEn, description, ...fields].filter(
    (text) => text !== undefined && text !== '',
  ) as string[];
}

type Criteria = Pick<ResourceQuery, 'text' | 'provider' | 'theme' | 'shareType'>;

/** All given criteria hold together; `text` is any part of one text, whatever its case or width (ＡＢＣ, ABC). */
export function matches(
  entry: { readonly summary: ResourceSummary; readonly texts: readonly string[] },
  { text, provider, theme, shareType }: Criteria,
): boolean {
  const { summary, texts } = entry;
  return (
    (provider === undefined || summary.provider === provider) &&
    (theme === undefined || summary.themes.includes(theme)) &&
    (shareType === undefined || summary.shareType === shareType) &&
    (text === undefined || texts.some((each) => plain(each).includes(plain(text))))
  );
}

/** Compatibility composition makes full-width letters and digits ordinary ones (Unicode Standard Annex 15, NFKC). */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
