import { CompatibilityPolicy } from '../contracts/compatibility.ts';
import rules from './compatibility-policy.json' with { type: 'json' };

/** Policy is code, too: it changes by a deployment, and with it the cases in `test/catalog/compatibility`. */
export const compatibilityPolicy: CompatibilityPolicy = CompatibilityPolicy.parse(rules);
