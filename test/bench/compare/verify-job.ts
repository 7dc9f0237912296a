/** What a system's program gets: the one argument, in JSON. */
export interface VerifyJob {
  readonly list: string;
  readonly resource: { readonly parquet: string; readonly csv: string; readonly rows: number };
  readonly output: string;
  /** An empty folder for whatever does not stay in memory. */
  readonly folder: string;
  /** Whether the rows are to come in the order of the list. */
  readonly inOrder: boolean;
}

export const verifyJobOfProgram = (): VerifyJob => JSON.parse(process.argv[2] ?? '') as VerifyJob;

/** Columns of the resource, the key first; all but the last are compared. The list has two more, which nobody asks for. */
export const RESOURCE_COLUMNS = ['id', 'name', 'birth', 'division', 'address'] as const;
export const COMPARED = ['name', 'birth', 'division'] as const;
