/** A list, and the register that it is held against. */
export interface VerifyFiles {
  readonly list: string;
  readonly resource: { readonly parquet: string; readonly csv: string; readonly rows: number };
}

/** Columns of the resource, the key first; all but the last are compared. The list has two more, which nobody asks for. */
export const RESOURCE_COLUMNS = ['id', 'name', 'birth', 'division', 'address'] as const;
export const COMPARED = ['name', 'birth', 'division'] as const;
