/** "looks like" in Chinese; a blank stands between scripts. */
export const seemsZh = (like: string): string => (/^[\u0021-\u007E]/.test(like) ? `像是 ${like}` : `像是${like}`);

/** 18100 as 18,100: in both languages. */
export const number = (count: number): string => count.toLocaleString('en-US');
