import { tmpdir } from 'node:os';
import type { Parse } from '../../reading/derivation/check-statement.ts';
import { openDatabase } from './database.ts';
import { parseStatement } from './parse-statement.ts';

/** Has statements parsed, and runs none. */
export async function withParser<T>(use: (parse: Parse) => Promise<T>): Promise<T> {
  const database = await openDatabase({ folder: tmpdir(), memoryMb: 128, spillMb: 0, threads: 1 });
  try {
    return await use((sql) => parseStatement(database, sql));
  } finally {
    database.close();
  }
}
