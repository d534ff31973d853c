/** A data fault; while one is open the guard starts nothing. */
export interface Incident {
  readonly model: string;
  readonly id: string;
  readonly kind: 'dataset-rejected' | 'data-fault';
  readonly status: 'open' | 'closed';
  readonly summary: string;
  readonly subject: string;
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly closedBy?: string;
  readonly reason?: string;
}
