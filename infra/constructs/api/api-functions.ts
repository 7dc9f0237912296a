import { Duration, Fn } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { FunctionName } from '../../bundle/catalogue.ts';
import type { Watch } from '../alarms/alarms.ts';
import { crashes, throttles } from '../alarms/function-alarms.ts';
import { HubFunction, type Deployment } from '../functions/hub-function.ts';
import { arnOf } from '../names.ts';
import { permissionsOn, type Permission } from '../permissions.ts';
import type { Sending } from '../functions/intake-functions.ts';

export interface ApiFunctionsProps extends Deployment {
  readonly apiId: string;
  /** Where the API sends what can be checked at once: posted records, and uploads that their provider confirmed. */
  readonly intake: Sending;
  /** Where it sends comparisons that their provider allowed. */
  readonly compare: Sending;
  /** As departments see it. */
  readonly mailboxUrlPrefix: string;
}

/** One function for the routes of each capability; API Gateway, whose own limit is 29 s, may call them. */
export class ApiFunctions extends Construct {
  readonly all: readonly HubFunction[];
  private readonly props: ApiFunctionsProps;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id);
    this.props = props;
    const { names, settings } = props;
    const may = permissionsOn(names);
    const [intake, datasets, deliveries] = [
      names.bucket('intake'),
      names.bucket('datasets'),
      names.bucket('deliveries'),
    ];
    const attachments = { HUB_ATTACHMENTS_KEY: Fn.importValue(names.exported('attachments-key-arn')) };
    const presigned = { ...(settings.s3EndpointUrl && { HUB_PRESIGNED_ENDPOINT_URL: settings.s3EndpointUrl }) };
    this.all = [
      // DuckDB parses the statements of derivations.
      this.serve('Catalog', 'catalog-api', { HUB_MAILBOX_URL_PREFIX: props.mailboxUrlPrefix }, [], 1024),
      this.serve('Derive', 'derive-api', {}, [], 1024),
      // Proposals for a demand compare it with the whole catalog, kept in memory.
      this.serve('Demands', 'demands-api', {}, [], 1024),
      // A preview reads the dataset that terms would be applied to.
      this.serve('Agreements', 'agreements-api', { HUB_DATASETS_BUCKET: datasets }, [
        may.objects('datasets', ['datasets'], ['GetObject', 'GetObjectVersion']),
      ]),
      this.serve('Duties', 'duties-api', {}, []),
      this.serve('Reports', 'reports-api', {}, []),
      this.serve(
        'Intake',
        'intake-api',
        {
          HUB_INTAKE_BUCKET: intake,
          HUB_DATASETS_BUCKET: datasets,
          ...props.intake.environment,
          ...presigned,
        },
        [
          may.objects(
            'intake',
            ['uploads'],
            ['GetObject', 'PutObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'],
          ),
          may.knowingOfAbsence('intake'),
          may.objects('intake', ['posted'], ['PutObject']),
          may.objects('datasets', ['reports', 'fixes'], ['GetObject']),
          ...props.intake.permissions,
        ],
      ),
      this.serve(
        'Delivery',
        'delivery-api',
        { HUB_DELIVERIES_BUCKET: deliveries, HUB_DATASETS_BUCKET: datasets, ...attachments, ...presigned },
        [
          may.objects('deliveries', ['extracts'], ['GetObject', 'GetObjectVersion']),
          may.objects('datasets', ['attachments'], ['GetObject', 'GetObjectVersion']),
          may.digests('attachments'),
        ],
      ),
      // The metadata of the files that are searched are kept in memory.
      this.serve(
        'Lookup',
        'lookup-api',
        {
          HUB_DATASETS_BUCKET: datasets,
          HUB_LOOKUPS_KEY: Fn.importValue(names.exported('lookups-key-arn')),
          ...attachments,
          ...presigned,
        },
        [
          may.objects('datasets', ['representations', 'attachments'], ['GetObject', 'GetObjectVersion']),
          may.digests('lookups'),
          may.digests('attachments'),
        ],
        1024,
      ),
      this.serve(
        'Compare',
        'compare-api',
        {
          HUB_INTAKE_BUCKET: intake,
          HUB_LOOKUPS_KEY: Fn.importValue(names.exported('lookups-key-arn')),
          HUB_COMPARISONS_KEY: Fn.importValue(names.exported('comparisons-key-arn')),
          ...props.compare.environment,
          ...presigned,
        },
        [
          may.objects('intake', ['lists'], ['PutObject']),
          may.digests('lookups'),
          may.digests('comparisons'),
          ...props.compare.permissions,
        ],
      ),
    ];
  }

  get watches(): readonly Watch[] {
    return this.all.flatMap((each) => [crashes(each), throttles(each)]);
  }

  private serve(
    id: string,
    name: FunctionName,
    environment: Record<string, string>,
    permissions: readonly Permission[],
    memoryMb = 512,
  ): HubFunction {
    const { names, apiId, settings } = this.props;
    const served = new HubFunction(this, id, {
      ...this.props,
      function: name,
      timeout: Duration.seconds(25),
      memoryMb,
      environment: {
        HUB_DEPARTMENT_RATE: String(settings.departmentRate),
        HUB_DEPARTMENT_BURST: String(settings.departmentBurst),
        ...environment,
      },
      permissions: [...permissionsOn(names).records(), ...permissions],
    });
    served.addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: arnOf.route(apiId, names.stage, '*', '/v1/*'),
    });
    return served;
  }
}
