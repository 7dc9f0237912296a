const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

export const withoutInvisible = (text: string): string => text.replaceAll(INVISIBLE, '');
export const withoutOuterBlanks = (text: string): string => text.replaceAll(/^[\s\uFEFF]+|[\s\uFEFF]+$/g, '');

/** Half-width for full-width: these characters alone, so that `5²` does not become another number. */
export const narrow = (text: string): string =>
  text.replaceAll(/[\uFF01-\uFF5E\u3000]/g, (wide) =>
    wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
