import type { MatchReason, ProposedMatch } from '../../../schemas/contracts/demands.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { foundFields, wantedOf, type Found, type Wanted } from './found-fields.ts';
import type { Profile } from './profile.ts';
import { plain, wordsOf } from './words.ts';

/** How much each kind of reason counts; the first two share theirs where fields were named. */
const WEIGHT = { content: 0.75, theme: 0.1, asked: 0.1, codes: 0.05 };
/** What must be found of a demand's words, or of its fields, for an entry to be proposed at all. */
const LEAST = { words: 0.25, fields: 0.5 };
/** The most telling ones; a long description shares many. */
const MAX_WORDS = 20;
/** The title says more of what is needed than the description, which says why, where and how much too. */
const TITLE_SHARE = 0.7;

/**
 * Entries of the catalog that may satisfy a demand, the likeliest first, each with its reasons. Neither the demander's own
 * resources nor those that are not shared are among them.
 */
export function proposeMatches(demand: StoredDemand, catalog: readonly Profile[], limit: number): ProposedMatch[] {
  const need: Need = {
    demand,
    fields: demand.fields.map(wantedOf),
    titleWords: wordsOf(demand.title),
    descriptionWords: wordsOf(demand.description ?? ''),
    text: plain(`${demand.title} ${demand.description ?? ''}`),
    rarity: rarityIn(catalog),
  };
  return catalog
    .filter(({ provider, shareType }) => provider !== demand.demander && shareType !== 'refused')
    .flatMap((profile) => judged(need, profile) ?? [])
    .toSorted((one, other) => other.score - one.score || (one.resourceId < other.resourceId ? -1 : 1))
    .slice(0, limit);
}

/** A demand, ready to be compared with thousands of entries. */
interface Need {
  readonly demand: StoredDemand;
  readonly fields: readonly Wanted[];
  readonly titleWords: ReadonlySet<string>;
  readonly descriptionWords: ReadonlySet<string>;
  readonly text: string;
  readonly rarity: Rarity;
}

function judged(need: Need, profile: Profile): ProposedMatch | undefined {
  const { demand } = need;
  const words = sharedWords(need, profile);
  const found = foundFields(need.fields, profile);
  const fields = need.fields.length === 0 ? undefined : found.length / need.fields.length;
  const codes = codesIn(need, profile);
  if (words.share < LEAST.words && (fields ?? 0) < LEAST.fields && codes.length === 0) return undefined;
  const content = fields === undefined ? words.share : (words.share + fields) / 2;
  const reasons: readonly MatchReason[] = [
    ...(words.words.length > 0 ? [{ kind: 'words' as const, words: words.words }] : []),
    ...fieldsReason(need, found),
    ...codes,
    ...circumstances(demand, profile),
  ];
  const { resourceId, version, title, titleEn, provider, shareType } = profile;
  return {
    resourceId,
    version,
    title,
    ...(titleEn !== undefined && { titleEn }),
    provider,
    shareType,
    score: scoreOf(content, reasons),
    reasons: [...reasons],
  };
}

function scoreOf(content: number, reasons: readonly MatchReason[]): number {
  const kinds = new Set(reasons.map(({ kind }) => kind));
  const added = (['theme', 'asked', 'codes'] as const).reduce(
    (sum, kind) => sum + (kinds.has(kind) ? WEIGHT[kind] : 0),
    0,
  );
  return Math.round((WEIGHT.content * content + added) * 1000) / 1000;
}

/** What speaks for an entry beside its content. */
const circumstances = ({ themeId, from }: StoredDemand, { themes, provider }: Profile): readonly MatchReason[] => [
  ...(themeId !== undefined && themes.includes(themeId) ? [{ kind: 'theme' as const, themeId }] : []),
  ...(from.includes(provider) ? [{ kind: 'asked' as const, provider }] : []),
];

function fieldsReason({ fields }: Need, found: readonly Found[]): readonly MatchReason[] {
  if (found.length === 0) return [];
  const names = new Set(found.map(({ wanted }) => wanted));
  return [
    {
      kind: 'fields',
      found: [...found],
      missing: fields.map(({ name }) => name).filter((name) => !names.has(name)),
    },
  ];
}

/** Values of code lists that the demand speaks of: 避难场所 among the kinds of places. */
function codesIn({ text }: Need, { fields }: Profile): readonly MatchReason[] {
  return fields.flatMap(({ name, codes }): MatchReason[] => {
    const values = codes.filter((code) => text.includes(plain(code)));
    return values.length > 0 ? [{ kind: 'codes', field: name, values }] : [];
  });
}

/** How much a word tells entries apart: 信息 stands in nearly all of them. */
type Rarity = (word: string) => number;

function rarityIn(catalog: readonly Profile[]): Rarity {
  const entries = new Map<string, number>();
  for (const { words } of catalog) for (const word of words) entries.set(word, (entries.get(word) ?? 0) + 1);
  return (word) => Math.log((catalog.length + 1) / (entries.get(word) ?? 1));
}

function sharedWords({ titleWords, descriptionWords, rarity }: Need, profile: Profile) {
  const named = shareOf(titleWords, profile, rarity);
  const share =
    descriptionWords.size === 0
      ? named
      : TITLE_SHARE * named + (1 - TITLE_SHARE) * shareOf(descriptionWords, profile, rarity);
  const words = [...new Set([...titleWords, ...descriptionWords])].filter((word) => profile.words.has(word));
  return { share, words: words.toSorted((one, other) => rarity(other) - rarity(one)).slice(0, MAX_WORDS) };
}

function shareOf(words: ReadonlySet<string>, profile: Profile, rarity: Rarity): number {
  let all = 0;
  let shared = 0;
  for (const word of words) {
    all += rarity(word);
    if (profile.words.has(word)) shared += rarity(word);
  }
  return all === 0 ? 0 : shared / all;
}
