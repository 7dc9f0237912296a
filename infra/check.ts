import { checkEverywhere } from './check/partitions.ts';
import { told } from './check/summary.ts';

/**
 * `npm run check:infra`: the templates for both partitions, held against what they must never say and against cdk-nag.
 * Apart from the synthesis itself, because a local hub starts from that one and need not wait for checks.
 */
const results = await checkEverywhere();
process.stdout.write(told(results));
if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
