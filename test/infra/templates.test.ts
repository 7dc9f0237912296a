/*
 * What the templates are, with these and those settings. In one suite: loading the CDK and synthesizing the hub take far
 * longer than what is asked, and equal settings are synthesized once (`retained.ts`, `synthesized.ts`).
 */
import './stacks.ts';
import './access-stack.ts';
import './data-stack.ts';
import './functions.ts';
import './events.ts';
import './alarms.ts';
import './api-edges.ts';
import './department-access.ts';
import './lifetimes.ts';
import './partitions.ts';
import './nag.ts';
import './operations.ts';
import './cost.ts';
