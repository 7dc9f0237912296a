import { Size } from 'aws-cdk-lib';

/**
 * Of a function in which DuckDB sorts or joins a dataset (functions/adapters/duckdb): its memory, of which DuckDB has the part
 * that JavaScript and the file cache leave, and the most disk that Lambda gives, for inputs, what is spilled, and the result.
 */
export const database = {
  memoryMb: 4096,
  storage: Size.gibibytes(10),
  environment: { HUB_DATABASE_MEMORY_MB: '2200', HUB_DATABASE_SPILL_MB: '5000' },
} as const;
