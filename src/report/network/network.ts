import type { RunRecord } from '../../model/run.js';
import { functionsText, lambdasOf, named, vpcIdOf } from '../facts.js';
import { filled, paragraph, type Section, section } from '../report.js';
import { endpointSections } from './endpoints.js';
import { functionSection } from './function.js';
import { networkAclSection } from './network-acls.js';
import { securityGroupSection } from './security-groups.js';
import type { Seen } from './seen.js';
import { subnetSections } from './subnets.js';
import { vpcSection } from './vpc.js';

/** Says where the functions are. */
function whereabouts({ record, vpc }: Seen): string {
  const lambdas = lambdasOf(record);
  const [only, ...others] = lambdas;
  const here = named(vpc.id, vpc.name);
  const there = lambdas.filter((lambda) => vpcIdOf(lambda, record) === vpc.id);
  if (only === undefined || others.length > 0) {
    return `${there.length} of ${lambdas.length} functions are in ${here}, which this run is about.`;
  }
  const name = `Function ${only.name}`;
  if (only.network.subnetIds.length === 0) return `${name} is in no VPC.`;
  if (there.length === 1) return `${name} is in ${here}.`;
  return `${name} is in ${vpcIdOf(only, record) ?? 'a VPC that was not found'}; what follows is ${here}, which this run is about.`;
}

function headingOf(record: RunRecord): string {
  const { dryRun, outcome } = record;
  const names = lambdasOf(record).map(({ name }) => name);
  const unwritten = dryRun || outcome === 'blocked' || outcome === 'failed';
  return `Network of ${functionsText(names)}${unwritten ? ', as it is today' : ''}`;
}

/** The network of the functions as it was last read; undefined when it was not read. */
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
