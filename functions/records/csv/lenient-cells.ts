interface Read {
  readonly text: string;
  /** Of the delimiter, or of the record's end. */
  readonly end: number;
}

const OPENING = /[ \t]*"/y;
/** A quote with nothing but blanks between it and the end of its cell. */
const CLOSING = /"[ \t]*(?=,|$)/g;

/**
 * The cells of a record whose quotes are broken, as a person would read them: a cell in quotes ends at a quote before a
 * delimiter; a quote that does not close, or that stands within a cell, is an ordinary character.
 */
export function lenientCells(text: string): string[] {
  const cells: string[] = [];
  // Where one quote finds none that closes it, no later one does: the work stays linear.
  let closable = true;
  for (let at = 0; at <= text.length;) {
    const opened = closable ? openedAt(text, at) : -1;
    const quoted = opened < 0 ? undefined : quotedCell(text, opened);
    if (opened >= 0 && !quoted) closable = false;
    const cell = quoted ?? plainCell(text, at);
    cells.push(cell.text);
    at = cell.end + 1;
  }
  return cells;
}

/** Where the text of a cell in quotes begins; -1 for one without. */
function openedAt(text: string, start: number): number {
  OPENING.lastIndex = start;
  return OPENING.test(text) ? OPENING.lastIndex : -1;
}

function quotedCell(text: string, first: number): Read | undefined {
  CLOSING.lastIndex = first;
  for (let match = CLOSING.exec(text); match; match = CLOSING.exec(text)) {
    // A doubled quote is a quote of the text, and closes nothing.
    if (isDoubled(text, first, match.index)) continue;
    return { text: text.slice(first, match.index).replaceAll('""', '"'), end: CLOSING.lastIndex };
  }
  return undefined;
}

function isDoubled(text: string, first: number, quote: number): boolean {
  let before = quote;
  while (before > first && text[before - 1] === '"') before -= 1;
  return (quote - before) % 2 === 1;
}

function plainCell(text: string, start: number): Read {
  const comma = text.indexOf(',', start);
  const end = comma < 0 ? text.length : comma;
  return { text: text.slice(start, end), end };
}
