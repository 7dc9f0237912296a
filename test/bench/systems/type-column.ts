import { type ColumnJob, measureColumn } from '../types/measure-column.ts';
import { TYPE_COLUMNS } from '../types/type-columns.ts';

const job = JSON.parse(process.argv[2] ?? '') as ColumnJob;
const column = TYPE_COLUMNS.find(({ name }) => name === job.name);
if (!column) throw new Error(`no column is called ${job.name}`);
process.stdout.write(JSON.stringify(await measureColumn(column, job)));
