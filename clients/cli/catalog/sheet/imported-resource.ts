/** What became of one definition of a workbook. */
export interface ImportedResource {
  readonly resourceId: string;
  readonly version?: number;
  /** Why the hub refused it. */
  readonly code?: string;
}
