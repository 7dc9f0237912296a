/** What the hub speaks. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text, in every language. */
export type Words = Readonly<Record<Language, string>>;
