/** Makes the second file of the demo: the first one with faults as they really happen, each on a known line. */
export function damaged(csv: string): string {
  const lines = csv.trimEnd().split('\n');
  const change = (line: number, edit: (text: string) => string) => {
    lines[line - 1] = edit(lines[line - 1] ?? '');
  };
  change(101, (text) => text.replace(/^\d/, ''));
  change(2_002, (text) => text.replace(/"[^"]*"/, '""'));
  change(5_050, (text) => `${text},surplus`);
  change(9_999, () => lines[9_990] ?? '');
  change(20_000, (text) => text.replace(/,(\d{4})$/, ',12x4'));
  change(30_000, (text) => text.replace('"', '"broken"'));
  return `${lines.join('\n')}\n`;
}
