#!/usr/bin/env node
import { run } from './run.ts';

// Whoever reads us may stop reading: `hub resources | head`.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code === 'EPIPE') process.exit(0);
  throw fault;
});

void run(process.argv.slice(2));
