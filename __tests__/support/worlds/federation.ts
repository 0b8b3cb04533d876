import type { AwsClients } from '../aws-clients.js';

/** The issuer of github.com's ID tokens. */
export const githubIssuer = 'https://token.actions.githubusercontent.com';

/** Adds a role for GitHub's workflows; whom it trusts is the proxy's option `federation`. Returns its ARN. */
export async function addFederatedRole(
  { iam }: AwsClients,
  name: string,
  maxSessionDuration = 3600,
): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: {
          Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
        },
      },
    ],
  };
  const { Role } = await iam.createRole({
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify(trust),
    MaxSessionDuration: maxSessionDuration,
  });
  return Role?.Arn ?? '';
}
