import type { RepresentationIn } from '../../../schemas/stored/datasets.ts';
import type { Statement, Tables } from './statements.ts';

/** What a statement can be run with once more after it failed; then the run is refused. */
export const QUERIES_A_RUN = 3;

/** Where a run's keys and its queries' rows lie: of this comparison and this dataset alone. */
export const placeOf = (comparisonId: string, datasetVersion: number): string => `${comparisonId}-${datasetVersion}`;

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
const LONGEST_PARAMETER = 1024;

/**
 * The tables of statements in Athena: both are injected partitions of one table, so that a query reads what it names and
 * nothing else. The texts are ids and numbers.
 */
export const tablesOf = (
  database: string,
  place: string,
  { resourceId, datasetVersion, epoch }: Pick<RepresentationIn<'made'>, 'resourceId' | 'datasetVersion' | 'epoch'>,
): Tables => ({
  list: `(SELECT * FROM "${database}"."compared_lists" WHERE run = '${place}')`,
  resource: `(SELECT * FROM "${database}"."representations" WHERE resource = '${resourceId}' AND dataset_version = '${datasetVersion}' AND epoch = '${epoch}')`,
});

/** The rows of a statement as Parquet files in a folder that has to be empty. */
export const unloaded = (sql: string, location: string): string =>
  `UNLOAD (${sql}) TO '${location}' WITH (format = 'PARQUET', compression = 'SNAPPY')`;

/** Values as Athena takes them for question marks; undefined where one is longer than it takes. */
export function literalsOf({ parameters }: Statement): readonly string[] | undefined {
  const literals = parameters.map((value) => `'${value.replaceAll("'", "''")}'`);
  return literals.every(({ length }) => length <= LONGEST_PARAMETER) ? literals : undefined;
}
