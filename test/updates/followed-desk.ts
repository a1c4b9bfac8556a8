import type { Fact } from '../../electron/core/events.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createUpdateDesk } from '../../electron/updates/update-desk.ts';
import type { Updater } from '../../electron/updates/updater.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

/** A desk whose updates are followed. @param updater null: nothing is ever updated */
export function desk(updater: Updater | null) {
  const clock = fakeClock();
  const lane = createFactLane(clock, quietLog, () => 'id');
  const updates = createUpdateDesk({
    clock,
    log: quietLog,
    updater,
    state: lane.state,
    emit: lane.emit,
  });
  lane.steps.on(updates.follow);
  const told: string[] = [];
  lane.steps.on(({ event }) => {
    if (event.event === 'updates-changed') told.push(event.updates.status);
  });
  const emit = (...facts: readonly Fact[]): void => {
    for (const fact of facts) lane.emit(fact);
  };
  return { clock, updates, told, emit, now: () => lane.state().updates };
}
