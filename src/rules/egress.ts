import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

function judgeManaged({ target }: SharedFacts): Verdict[] {
  const { desired, groups, user } = target;
  if (groups.usesManaged || (desired.egress ?? []).length === 0) return [];
  const message = `The managed group is not among the groups of ${user.name}, so the rules of \`egress\` would go nowhere.`;
  return [
    {
      subject: user.name,
      message,
      remedy: 'Add `managed` to `security-groups`, or remove `egress`.',
    },
  ];
}

/** Rules about what `egress` asks for. */
export const egressRules: readonly SharedRule[] = [
  {
    id: 'egress-without-managed',
    about: 'shared',
    severity: 'error',
    subject: 'security group',
    page: pages.groupRules,
    check: judgeManaged,
  },
];
