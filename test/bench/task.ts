/** What a system's program gets besides its files: the one argument, in JSON. */
export interface Task {
  readonly output: string;
  /** An empty folder for whatever does not stay in memory. */
  readonly folder: string;
  /** Whether the rows are to come in the order that the case asks for. */
  readonly inOrder: boolean;
}

export const taskOfProgram = (): unknown => JSON.parse(process.argv[2] ?? '');
