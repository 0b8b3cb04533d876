import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { Route53 } from '@aws-sdk/client-route-53';
import { STS } from '@aws-sdk/client-sts';

/** SDK clients of one region, pointed at an emulator. */
export interface AwsClients {
  readonly ec2: EC2;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly route53: Route53;
  readonly sts: STS;
  /** Ends the clients' connections. */
  close(): void;
}

/**
 * Clients for building and looking at test worlds. Pointed at moto they see what is really stored; pointed at the
 * proxy they see what the action sees. `attempts` of 1 makes faults visible to a test at once.
 */
export function awsClients(options: { endpoint: string; region: string; attempts?: number }): AwsClients {
  const configuration = {
    endpoint: options.endpoint,
    region: options.region,
    maxAttempts: options.attempts ?? 1,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' },
  };
  const ec2 = new EC2(configuration);
  const iam = new IAM(configuration);
  const lambda = new Lambda(configuration);
  const route53 = new Route53(configuration);
  const sts = new STS(configuration);
  return {
    ec2,
    iam,
    lambda,
    route53,
    sts,
    close: () => {
      for (const client of [ec2, iam, lambda, route53, sts]) client.destroy();
    },
  };
}
