/**
 * Date formats of ODCS are those of the JDK's DateTimeFormatter, the hub's are strptime's. Each row is a run of one
 * letter and its directive; the JDK pads by the number of letters, strptime reads numbers with and without zeros.
 */
const PAIRS: readonly (readonly [jdk: string, strptime: string])[] = [
  ['yyyy', '%Y'],
  ['uuuu', '%Y'],
  ['yy', '%y'],
  ['MMMM', '%B'],
  ['MMM', '%b'],
  ['MM', '%m'],
  ['M', '%m'],
  ['dd', '%d'],
  ['d', '%d'],
  ['HH', '%H'],
  ['H', '%H'],
  ['hh', '%I'],
  ['h', '%I'],
  ['mm', '%M'],
  ['m', '%M'],
  ['ss', '%S'],
  ['s', '%S'],
  ['SSSSSS', '%f'],
  ['SSS', '%f'],
  ['a', '%p'],
  ['DDD', '%j'],
  ['EEEE', '%A'],
  ['EEE', '%a'],
  ['XXX', '%z'],
  ['Z', '%z'],
];

const TO_STRPTIME = new Map(PAIRS);
/** The first row that has the directive. */
const TO_JDK = new Map(PAIRS.toReversed().map(([jdk, directive]) => [directive, jdk] as const));

/** ISO 8601 in the JDK's letters: what the hub takes without any format. The standard's examples leave the T unquoted. */
const ISO: Readonly<Record<string, readonly string[]>> = {
  date: ['yyyy-MM-dd', 'uuuu-MM-dd'],
  time: ['HH:mm:ss'],
  timestamp: ['', 'Z', 'X', 'XXX', '.SSS', '.SSSZ', '.SSSX', '.SSSXXX'].map((end) => `yyyy-MM-ddTHH:mm:ss${end}`),
};

export const isIso = (logicalType: string, format: string): boolean =>
  (ISO[logicalType] ?? []).includes(format.replaceAll("'", '').replace('YYYY-MM-DD', 'yyyy-MM-dd'));

/** The strptime format, or undefined for letters that have no directive. */
export function strptimeOf(jdk: string): string | undefined {
  let out = '';
  for (const [token] of jdk.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (token.startsWith("'")) {
      if (token.length < 2) return undefined;
      out += (token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'")).replaceAll('%', '%%');
    } else if (/^[A-Za-z]/.test(token)) {
      const directive = token === 'T' ? 'T' : TO_STRPTIME.get(token);
      if (directive === undefined) return undefined;
      out += directive;
    } else {
      out += token.replaceAll('%', '%%');
    }
  }
  return out;
}

/** The JDK's pattern, or undefined for directives that have no letters. */
export function jdkOf(strptime: string): string | undefined {
  let out = '';
  for (const [token] of strptime.matchAll(/%.|[A-Za-z]+|[^%A-Za-z]+|%/gs)) {
    if (token === '%%') out += '%';
    else if (token.startsWith('%')) {
      const letters = TO_JDK.get(token);
      if (letters === undefined) return undefined;
      out += letters;
    } else out += /^[A-Za-z]/.test(token) ? `'${token}'` : token.replaceAll("'", "''");
  }
  return out;
}
