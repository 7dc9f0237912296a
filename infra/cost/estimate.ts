import { prices } from './prices.ts';
import { METRICS, pollsAMonth, secondsAMegabyte, type Volumes } from './volumes.ts';

/** What an estimate takes from the synthesized templates. */
export interface Built {
  /** Megabytes of memory of a function, by the last part of its name. */
  readonly memory: Readonly<Record<string, number>>;
  /** Megabytes of its folder /tmp, likewise. */
  readonly storage: Readonly<Record<string, number>>;
  readonly alarms: number;
  readonly dashboards: number;
  readonly keys: number;
  readonly schedules: number;
  /** Queues that Lambda polls. */
  readonly polledQueues: number;
}

export interface CostLine {
  readonly what: string;
  readonly amount: string;
  /** US dollars a month. */
  readonly dollars: number;
}

const count = (value: number): string => Math.round(value).toLocaleString('en');
const gigabytes = (megabytes: number): number => megabytes / 1000;

/** A month's cost line by line: fixed parts from the templates, the rest from the volumes. */
export function estimate(built: Built, volumes: Volumes): CostLine[] {
  const incoming = gigabytes(volumes.uploads * volumes.megabytesAnUpload);
  const outgoing = gigabytes(volumes.deliveries * volumes.megabytesADelivery);
  const extracts = volumes.deliveries / volumes.deliveriesAnExtract;
  const polls = (volumes.departments + built.polledQueues * POLLERS) * pollsAMonth;
  const kept = (incoming + outgoing / volumes.deliveriesAnExtract) * volumes.monthsKept;
  return [
    functionsLine(built, volumes, extracts),
    apiLine(volumes),
    {
      what: 'mailboxes, always polled, and work queues',
      amount: `${count(polls)} polls`,
      dollars: (polls + 6 * volumes.deliveries) * prices.queueRequest,
    },
    { what: 'objects kept', amount: `${count(kept)} GB`, dollars: kept * prices.storageGbMonth },
    {
      what: 'objects written and read',
      amount: `${count(3 * volumes.uploads + extracts)} writes`,
      dollars:
        (3 * volumes.uploads + extracts) * prices.objectWrite +
        (2 * volumes.uploads + 2 * volumes.deliveries) * prices.objectRead,
    },
    tableLine(volumes),
    {
      what: 'schedules',
      amount: `${count(built.schedules * 43_200)} runs`,
      dollars: built.schedules * 43_200 * prices.scheduleRun,
    },
    {
      what: 'comparisons in Athena, by what they read',
      amount: `${count(volumes.comparisonsElsewhere * volumes.gigabytesAQuery)} GB`,
      dollars: ((volumes.comparisonsElsewhere * volumes.gigabytesAQuery) / 1000) * prices.queriedTb,
    },
    {
      what: 'logs, 1 KB a call',
      amount: `${count(gigabytes(volumes.apiCalls / 1000) * 2)} GB`,
      dollars: gigabytes(volumes.apiCalls / 1000) * 2 * prices.logGb,
    },
    {
      what: 'alarms, metrics, dashboards',
      amount: `${built.alarms} alarms`,
      dollars:
        built.alarms * prices.alarmMonth + METRICS * prices.metricMonth + built.dashboards * prices.dashboardMonth,
    },
    {
      what: 'keys',
      amount: `${built.keys} keys`,
      dollars: built.keys * prices.keyMonth + (volumes.apiCalls / 10) * prices.keyRequest,
    },
    {
      what: 'trail of reads and writes of objects',
      amount: `${count(3 * volumes.uploads + 3 * volumes.deliveries)} events`,
      dollars: (3 * volumes.uploads + 3 * volumes.deliveries) * prices.trailDataEvent,
    },
    {
      what: 'transfer to the departments (none inside a private network)',
      amount: `${count(outgoing)} GB`,
      dollars: outgoing * prices.transferOutGb,
    },
  ];
}

/** Of a queue, by Lambda, while nothing comes (Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings"). */
const POLLERS = 5;

/** Megabytes of /tmp that cost nothing (https://aws.amazon.com/lambda/pricing/). */
const FREE_STORAGE = 512;

function functionsLine({ memory, storage, schedules }: Built, volumes: Volumes, extracts: number): CostLine {
  const megabytesOf = (name: string): number => memory[name] ?? 512;
  const paidOf = (name: string): number => Math.max(0, (storage[name] ?? FREE_STORAGE) - FREE_STORAGE);
  const checking = volumes.uploads * volumes.megabytesAnUpload * secondsAMegabyte.check;
  const delivering = extracts * volumes.megabytesAnUpload * secondsAMegabyte.deliver;
  const storageGbSeconds = (checking * paidOf('check') + delivering * paidOf('deliver')) / 1024;
  const gbSeconds =
    (checking * megabytesOf('check')) / 1024 +
    (delivering * megabytesOf('deliver')) / 1024 +
    (volumes.apiCalls * 0.05 * megabytesOf('delivery-api')) / 1024 +
    (schedules * 43_200 * 0.1 * megabytesOf('intake-sweep')) / 1024;
  const requests = volumes.apiCalls + 6 * volumes.uploads + 4 * volumes.deliveries + schedules * 43_200;
  return {
    what: 'functions',
    amount: `${count(gbSeconds)} GB-s`,
    dollars:
      gbSeconds * prices.lambdaGbSecond +
      storageGbSeconds * prices.lambdaStorageGbSecond +
      requests * prices.lambdaRequest,
  };
}

const apiLine = ({ apiCalls }: Volumes): CostLine => ({
  what: 'API',
  amount: `${count(apiCalls)} calls`,
  dollars: apiCalls * prices.apiCall,
});

/** A transaction writes an item at twice the units; an upload has some 14 items, a delivery some 10; a call is
 * counted with one write and reads 3. */
function tableLine({ uploads, deliveries, apiCalls, monthsKept }: Volumes): CostLine {
  const writes = (uploads * 14 + deliveries * 10) * 2 * 2 + apiCalls;
  const reads = apiCalls * 3;
  const gb = gigabytes((uploads * 10 + deliveries * 8) * 0.002) * monthsKept;
  return {
    what: 'table',
    amount: `${count(writes)} write units`,
    dollars:
      writes * prices.tableWriteUnit + reads * prices.tableReadUnit + gb * (prices.tableGbMonth + prices.backupGbMonth),
  };
}
