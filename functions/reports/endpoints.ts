import type { Endpoint } from '../kernel/endpoint.ts';
import { listBenefitsHandler } from './list-benefits.handler.ts';
import { listUnusedGrantsHandler } from './list-unused-grants.handler.ts';
import { platformReportHandler } from './platform-report.handler.ts';
import type { Ports } from './ports.ts';
import { readUsageHandler } from './read-usage.handler.ts';
import { stateBenefitHandler } from './state-benefit.handler.ts';

/** Every route of the capability `reports`. */
export const reportEndpoints = (ports: Ports): readonly Endpoint[] =>
  [platformReportHandler, readUsageHandler, listUnusedGrantsHandler, stateBenefitHandler, listBenefitsHandler].map(
    (handler) => handler(ports),
  );
