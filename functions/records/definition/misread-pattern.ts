/**
 * Syntax of other dialects that RE2 takes for something else than who writes it means: such a pattern is refused at
 * publication, and what was published with it before stays what it was. Answers what to write instead.
 */
export function misreadIn(pattern: string): string | undefined {
  if (pattern.replaceAll('\\\\', '').includes(String.raw`\Q`))
    return String.raw`\Q is not of XML Schema: write \ before each character that is to stand for itself`;
  const unescaped = pattern.replaceAll(/\\[\s\S]/g, 'x');
  const inClasses = [...unescaped.matchAll(/\[\^?([^\]]*)\]/g)].map(([, members = '']) => members);
  if (inClasses.some((members) => members.includes('&&')))
    return 'class intersection [a-z&&[^aeiou]] is not of XML Schema: list what is allowed; for an ampersand write it once';
  if (inClasses.some((members) => /\[(?!:)/.test(members)))
    return String.raw`a class within a class is not of XML Schema: list what is allowed; for a bracket write \[`;
  if (inClasses.includes('')) return String.raw`a class has at least one member; for a bracket in it write \]`;
  const outside = unescaped.replaceAll(/\[[^\]]*\]/g, 'x');
  if (/\{,\d*\}/.test(outside)) return '{,3} stands for itself here: write {0,3}';
  return /\(\?[a-zA-Z]*s/.test(outside)
    ? String.raw`(?s) has no effect here: for any character and line breaks too write [\s\S]`
    : undefined;
}
