import type { RunRecord } from '../../model/run.js';
import { functionVpcId, named } from '../facts.js';
import { filled, paragraph, type Section, section } from '../report.js';
import { endpointSections } from './endpoints.js';
import { functionSection } from './function.js';
import { networkAclSection } from './network-acls.js';
import { securityGroupSection } from './security-groups.js';
import type { Seen } from './seen.js';
import { subnetSections } from './subnets.js';
import { vpcSection } from './vpc.js';

/** Says where the function is, when that is not simply the VPC of the run. */
function whereabouts({ record, observed, vpc }: Seen): string {
  const name = `Function ${observed.lambda.name}`;
  const current = functionVpcId(record);
  if (observed.lambda.network.subnetIds.length === 0) return `${name} is in no VPC.`;
  if (current === vpc.id) return `${name} is in ${named(vpc.id, vpc.name)}.`;
  return `${name} is in ${current ?? 'a VPC that was not found'}; what follows is ${named(vpc.id, vpc.name)}, which this run is about.`;
}

function headingOf({ dryRun, observed, outcome }: RunRecord): string {
  const name = observed?.lambda.name ?? '';
  const unwritten = dryRun || outcome === 'blocked' || outcome === 'failed';
  return `Network of function ${name}${unwritten ? ', as it is today' : ''}`;
}

/** The network of the function as it was last read; undefined when it was not read. */
export function networkSection(record: RunRecord): Section | undefined {
  const { observed, vpc } = record;
  if (observed === undefined || vpc === undefined) return undefined;
  const seen = { record, observed, vpc };
  const sections = filled([
    vpcSection(seen),
    ...subnetSections(seen),
    securityGroupSection(seen),
    networkAclSection(seen),
    ...endpointSections(seen),
    functionSection(seen),
  ]);
  // With nothing to say about changes the report is short, and the network is there to be opened.
  const collapsed = record.outcome === 'unchanged';
  return section(headingOf(record), [paragraph(whereabouts(seen))], {
    collapsed,
    worth: 'network',
    sections,
  });
}
