import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { closeOverCall } from './over-call.ts';

type OverSheetProps = {
  readonly open: boolean;
  readonly className: string;
  /** Puts the focus on the sheet itself. */
  readonly focusSelf?: boolean;
  readonly children: ReactNode;
};

/** Something over the window about a call. It leaves the reach bar free and gives the focus back. */
export function OverSheet({ open, className, focusSelf = false, children }: OverSheetProps) {
  const before = useRef<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root modal={false} open={open} onOpenChange={next => next || closeOverCall()}>
      <Dialog.Portal>
        <div className="backdrop" />
        <Dialog.Content
          ref={content}
          className={className}
          onOpenAutoFocus={event => {
            before.current = document.activeElement;
            if (!focusSelf) return;
            event.preventDefault();
            content.current?.focus();
          }}
          onCloseAutoFocus={event => {
            event.preventDefault();
            // A question that was asked from here has taken the focus itself.
            if (document.activeElement?.matches('[role="alertdialog"], [data-tell-agent]')) return;
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
        >
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
