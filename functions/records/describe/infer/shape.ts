const MAX_CODE = 40;

const DIGIT = 1;
const UPPER = 2;
const LOWER = 4;
const OTHER = 8;

const CLASSES: Readonly<Record<number, string>> = {
  [DIGIT]: String.raw`\d`,
  [UPPER]: '[A-Z]',
  [LOWER]: '[a-z]',
  [DIGIT | UPPER]: '[0-9A-Z]',
  [DIGIT | LOWER]: '[0-9a-z]',
  [UPPER | LOWER]: '[A-Za-z]',
  [DIGIT | UPPER | LOWER]: '[0-9A-Za-z]',
};

/** The common form of values of one length, place by place: what a code looks like. */
export class Shape {
  /** Undefined before the first value and once two lengths have come up. */
  length: number | undefined;
  private broken = false;
  private readonly classes = new Uint8Array(MAX_CODE);
  private first = '';
  /** Places where all values have the character of the first. */
  private readonly same = new Uint8Array(MAX_CODE).fill(1);

  add(text: string): void {
    if (this.broken) return;
    if (this.length === undefined) this.begin(text);
    if (text.length !== this.length || text.length > MAX_CODE) {
      this.broken = true;
      this.length = undefined;
      return;
    }
    for (let i = 0; i < text.length; i += 1) {
      this.classes[i] = (this.classes[i] ?? 0) | classOf(text.charCodeAt(i));
      if (text.charCodeAt(i) !== this.first.charCodeAt(i)) this.same[i] = 0;
    }
  }

  get allDigits(): boolean {
    return this.length !== undefined && this.classes.subarray(0, this.length).every((found) => found === DIGIT);
  }

  /** Codes are written in digits or capitals; words are not. */
  get codeLike(): boolean {
    const classes = this.classes.subarray(0, this.length ?? 0);
    return (
      this.pattern !== undefined &&
      (classes.some((found) => (found & DIGIT) !== 0) || classes.every((found) => found === UPPER))
    );
  }

  /** An XML Schema pattern, or undefined where a place holds characters without a common class. */
  get pattern(): string | undefined {
    const pieces: string[] = [];
    const classes = widened([...this.classes.subarray(0, this.length ?? 0)]);
    for (let i = 0; i < classes.length; i += 1) {
      const found = CLASSES[classes[i] ?? 0] ?? (this.same[i] === 1 ? literal(this.first[i] ?? '') : undefined);
      if (found === undefined) return undefined;
      pieces.push(found);
    }
    return pieces.length > 0 ? repeated(pieces) : undefined;
  }

  private begin(text: string): void {
    this.length = text.length;
    this.first = text;
  }
}

/** Letters and digits in turns are digits of a larger base, of which too few values were seen to show every digit. */
function widened(classes: readonly number[]): number[] {
  const out = [...classes];
  for (let start = 0; start < out.length;) {
    let end = start;
    while (end < out.length && ((out[end] ?? OTHER) & OTHER) === 0) end += 1;
    const run = out.slice(start, end);
    const turns = run.filter((found, i) => i > 0 && found !== run[i - 1]).length;
    if (turns > MAX_TURNS)
      out.fill(
        run.reduce((all, found) => all | found, 0),
        start,
        end,
      );
    start = Math.max(end, start + 1);
  }
  return out;
}

const MAX_TURNS = 3;

function classOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if (code >= 0x41 && code <= 0x5a) return UPPER;
  return code >= 0x61 && code <= 0x7a ? LOWER : OTHER;
}

/** Separators of codes; anything else is no code. */
const literal = (character: string): string | undefined =>
  /[-/.:_ ]/.test(character) ? character.replace('.', String.raw`\.`) : undefined;

function repeated(pieces: readonly string[]): string {
  let out = '';
  for (let i = 0; i < pieces.length;) {
    let end = i;
    while (pieces[end] === pieces[i]) end += 1;
    out += end - i > 1 ? `${pieces[i]}{${end - i}}` : (pieces[i] ?? '');
    i = end;
  }
  return out;
}
