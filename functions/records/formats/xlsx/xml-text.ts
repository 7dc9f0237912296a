const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));/g;

/** XML 1.0, section 2.2. */
const isCharacter = (code: number): boolean =>
  code === 0x09 ||
  code === 0x0a ||
  code === 0x0d ||
  (code >= 0x20 && code < 0xd800) ||
  (code >= 0xe000 && code < 0xfffe) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);

/** Text with its references resolved; undefined if one is of no character, or of an entity that XML does not have itself. */
export function unescaped(text: string): string | undefined {
  let good = true;
  let plain = 0;
  const value = text.replaceAll(
    REFERENCE,
    (reference, decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined) => {
      plain += 1;
      if (name !== undefined) return ENTITIES[name] ?? reference;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
      if (!isCharacter(code)) good = false;
      return good ? String.fromCodePoint(code) : '';
    },
  );
  return good && plain === text.split('&').length - 1 ? value : undefined;
}

/** `_x000D_` stands for a character in the strings of a workbook (ECMA-376, part 1, ST_Xstring). */
export function xstring(text: string): string {
  if (!text.includes('_x')) return text;
  return text
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .toWellFormed();
}
