import type { ReactNode } from 'react';
import { Sheet } from '../shell/sheet.tsx';
import { closeOverCall } from './over-call.ts';

type OverSheetProps = {
  readonly open: boolean;
  readonly className: string;
  /** Puts the focus on the sheet itself. */
  readonly focusSelf?: boolean;
  readonly children: ReactNode;
};

/** A sheet about a call. */
export function OverSheet({ open, className, focusSelf = false, children }: OverSheetProps) {
  return (
    <Sheet
      open={open}
      onClose={closeOverCall}
      className={className}
      focusSelf={focusSelf}
      keepsFocus={hasTakenFocus}
    >
      {children}
    </Sheet>
  );
}

/** A question that was asked from the sheet has taken the focus itself. */
function hasTakenFocus(focused: Element | null): boolean {
  return focused?.matches('[role="alertdialog"], [data-tell-agent]') === true;
}
