import type { Call } from '../aws/call.js';
import type { FunctionFacts, ObservedFunctions } from '../model/observed.js';
import type { Change, ChangeResult, Drift, NeededConsent, Plan } from '../model/plan.js';
import type { Finding, Problem } from '../model/problem.js';
import type { ReachLine, ReachRow, ReachVerdict } from '../model/reach.js';
import { readOf } from '../model/reading.js';
import type { RunRecord } from '../model/run.js';
import { routeTableOf } from '../resources/route-table.js';
import { sortedSet } from '../text/words.js';
import type {
  ChangeDocument,
  FindingDocument,
  NetworkDocument,
  PlanDocument,
  ProblemDocument,
  ReachDocument,
  ResultDocument,
  RunDocument,
} from './document.js';
import { pendingIds, problemsOf, vpcIdOf } from './facts.js';
import { awsPageOf, rulePageOf } from './rule-links.js';

/** Differ from run to run, or let their holder act. */
const LEFT_OUT = new Set(['RevisionId', 'ClientToken']);

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !LEFT_OUT.has(key));
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, cleaned(inner)]),
  );
}

const callDocument = ({ action, input }: Call) => ({ action, input: cleaned(input) });

function changeDocument(change: Change): ChangeDocument {
  const { id, kind, action, label, reason, because, after } = change;
  const disruption = change.disruption ?? null;
  const attributes = change.attributes.map(({ name, before, after }) => ({
    name,
    before: before ?? null,
    after: after ?? null,
  }));
  return {
    id,
    kind,
    action,
    label,
    reason,
    because,
    attributes,
    disruption,
    calls: change.calls.map(callDocument),
    after,
    functionName: change.functionName ?? null,
  };
}

const driftDocument = ({ subject, message, repairedBy }: Drift) => ({
  subject,
  message,
  repairedBy: repairedBy ?? null,
});

const consentDocument = ({ kind, object, why, given, functionName }: NeededConsent) => ({
  kind,
  object: object ?? null,
  why,
  given,
  functionName: functionName ?? null,
});

function findingDocument(finding: Finding, record: RunRecord): FindingDocument {
  const { code, status, severity, subject, functionName, message, remedy } = finding;
  return {
    code,
    status,
    severity,
    subject,
    functionName: functionName ?? null,
    message,
    remedy,
    rulePage: rulePageOf(code, record) ?? null,
    awsPage: awsPageOf(code) ?? null,
  };
}

function reachLineDocument(line: ReachLine) {
  const { subnetId, zone, status, through, stop, text, remedy, moreRemedies } = line;
  return {
    subnetId,
    zone: zone ?? null,
    status,
    through,
    stop: stop ? { ...stop, rule: stop.rule ?? null } : null,
    text,
    remedy: remedy === undefined ? null : [remedy, ...moreRemedies].join(' '),
  };
}

const verdictDocument = ({ status, because, lines }: ReachVerdict) => ({
  status,
  because: because ?? null,
  lines: lines.map(reachLineDocument),
});

function reachDocument({ functionName, destination, askedBy, before, from, after }: ReachRow): ReachDocument {
  return {
    functionName,
    destination,
    askedBy: askedBy === 'none' ? null : askedBy,
    from: from ?? null,
    before: verdictDocument(before),
    after: verdictDocument(after),
  };
}

function planDocument(plan: Plan, record: RunRecord): PlanDocument {
  const {
    digest,
    subject,
    changes,
    drift,
    findings,
    passed,
    consents,
    reach,
    endpointIds,
    services,
    cost,
    look,
  } = plan;
  return {
    digest,
    subject,
    changes: changes.map(changeDocument),
    drift: drift.map(driftDocument),
    findings: findings.map((finding) => findingDocument(finding, record)),
    passed,
    consents: consents.map(consentDocument),
    reach: reach.map(reachDocument),
    endpointIds: [...endpointIds].sort(),
    services: services.map(({ through, ...path }) => ({ ...path, through: through ?? null })),
    cost: { ...cost, price: cost.price ?? null },
    look: look ? { block: look.block ?? null, wouldChange: look.wouldChange } : null,
  };
}

function problemDocument(problem: Problem): ProblemDocument {
  const { code, message, remedy } = problem;
  const fields: { readonly awsCode?: unknown; readonly action?: unknown } = Object(problem);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { code, message, remedy, awsCode: text(fields.awsCode), action: text(fields.action) };
}

function resultDocument({ id, status, problem, because, ids, milliseconds }: ChangeResult): ResultDocument {
  return {
    id,
    status,
    problem: problem ? problemDocument(problem) : null,
    because: because ?? null,
    ids,
    milliseconds,
  };
}

function networkDocument(
  facts: FunctionFacts,
  record: RunRecord,
  observed: ObservedFunctions,
): NetworkDocument {
  const { lambda } = facts;
  const { subnetIds, securityGroupIds, ipv6 } = lambda.network;
  const holds = ({ subnetIds: theirs }: { readonly subnetIds: readonly string[] }) =>
    theirs.some((id) => subnetIds.includes(id));
  const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id).sort();
  const acls = readOf(observed.networkAcls);
  const tables = subnetIds.map((id) => routeTableOf(id, observed.routeTables)?.id ?? '').filter(Boolean);
  return {
    functionArn: lambda.arn,
    roleArn: lambda.roleArn,
    vpcId: vpcIdOf(lambda, record) ?? null,
    subnetIds: [...subnetIds].sort(),
    securityGroupIds: [...securityGroupIds].sort(),
    ipv6,
    endpointIds: [...record.endpointIds].sort(),
    routeTableIds: sortedSet(tables),
    networkAclIds: acls ? ids(acls.filter(holds)) : null,
    policyArns:
      readOf(facts.policies)
        ?.map(({ arn }) => arn)
        .sort() ?? null,
    aliases: readOf(facts.aliases) ?? null,
  };
}

function networkDocuments(record: RunRecord): NetworkDocument[] {
  const { observed } = record;
  return observed ? observed.functions.map((facts) => networkDocument(facts, record, observed)) : [];
}

/** A run as the document of the plan file. */
export function runDocument(record: RunRecord): RunDocument {
  const { outcome, dryRun, because, functionNames, region, verified, requests, plan, results } = record;
  return {
    formatVersion: 1,
    outcome,
    dryRun,
    because,
    functionNames,
    region,
    verified,
    requests,
    plan: plan ? planDocument(plan, record) : null,
    results: results.map(resultDocument),
    problems: problemsOf(record).map(problemDocument),
    pending: pendingIds(record),
    networks: networkDocuments(record),
  };
}

/** The text of the plan file. */
export function planJson(record: RunRecord): string {
  return `${JSON.stringify(runDocument(record), undefined, 2)}\n`;
}
