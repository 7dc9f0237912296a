/** Two CSV files that are joined. */
export interface DeriveFiles {
  readonly people: string;
  readonly applications: string;
}

/** The statement of the derived resource, over its two inputs. */
export const SQL = `SELECT people.id, people.name, people.division, applications.application,
  people.name IS NOT DISTINCT FROM applications.name AS same
FROM people JOIN applications ON people.id = applications.id`;
