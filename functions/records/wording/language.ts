export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text, in every language that the hub speaks. */
export type Words = Readonly<Record<Language, string>>;

export const both = (en: string, zh: string): Words => ({ en, zh });

/** "looks like" in Chinese; a blank stands between scripts. */
export const seemsZh = (like: string): string => (/^[\u0021-\u007E]/.test(like) ? `像是 ${like}` : `像是${like}`);

/** 18100 as 18,100: in both languages. */
export const number = (count: number): string => count.toLocaleString('en-US');
