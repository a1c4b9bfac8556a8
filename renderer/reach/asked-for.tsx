import { useEffect, useState } from 'react';

type AskedForProps = {
  /** In ms since the epoch. */
  readonly since: number;
};

const TICK_MS = 100;

/** For how long something is asked for, `0.8 s`. Not told to screen readers: it changes all the time. */
export function AskedFor({ since }: AskedForProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="asked-for" aria-hidden="true">
      {(Math.max(0, now - since) / 1000).toFixed(1)} s
    </span>
  );
}
