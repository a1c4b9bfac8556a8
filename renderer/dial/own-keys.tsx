import type { KeyboardEvent, ReactNode } from 'react';

const LIST_KEYS: ReadonlySet<string> = new Set(['Enter', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Controls inside the palette that keep their own keys: Enter there never runs the chosen line. */
export function OwnKeys({ children }: { readonly children: ReactNode }) {
  const keep = (event: KeyboardEvent) => {
    if (LIST_KEYS.has(event.key)) event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes no keys itself, only keeps them in
    <div className="own-keys" onKeyDown={keep}>
      {children}
    </div>
  );
}
