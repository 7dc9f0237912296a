interface ProgressLine {
  readonly show: (text: string) => void;
  readonly clear: () => void;
}

const CLEAR_LINE = '\r\u001B[K';

/** What is under way and since when: one line that is written over on a terminal, a line each elsewhere. */
export function progressLine(out: NodeJS.WriteStream): ProgressLine {
  const start = performance.now();
  const since = () => `${Math.round((performance.now() - start) / 1000)} s`.padStart(7);
  return {
    show: (text) => void out.write(out.isTTY ? `${CLEAR_LINE}${since()}  ${text}` : `${since()}  ${text}\n`),
    clear: () => void (out.isTTY && out.write(CLEAR_LINE)),
  };
}
