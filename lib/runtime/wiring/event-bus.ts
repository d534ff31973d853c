import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type EventBus, eventBridgeBus } from '../../stores/event-bus.ts';
import { environment } from '../environment.ts';
import { CALLS } from './calls.ts';

export function wireEventBus(): EventBus {
  const { eventBus } = environment('eventBus');
  return eventBridgeBus({ client: new EventBridgeClient(CALLS), busName: eventBus });
}
