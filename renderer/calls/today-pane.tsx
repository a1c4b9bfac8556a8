import { useMemo } from 'react';
import { useClock } from '../state/clock.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useStore } from '../state/use-store.ts';
import { spellLength } from '../words/times.ts';
import { today } from './today.ts';

/** The day so far, where the window is wide enough for a second pane. */
export function TodayPane() {
  const now = useClock();
  const past = useStore(recentCalls, calls => calls);
  const day = useMemo(() => today(past, now), [past, now]);
  return (
    <aside className="today" aria-label="Today">
      <section className="side-part">
        <h2>Today</h2>
        <dl className="facts">
          <dt>Answered</dt>
          <dd>{day.answered}</dd>
          <dt>Made</dt>
          <dd>{day.made}</dd>
          <dt>Missed</dt>
          <dd>{day.missed}</dd>
          <dt>Talk time</dt>
          <dd>{spellLength(day.talkMs)}</dd>
          <dt>Longest wait</dt>
          <dd>{spellLength(day.longestWaitMs)}</dd>
        </dl>
      </section>
    </aside>
  );
}
