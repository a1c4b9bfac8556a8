import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

type SheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly className: string;
  /** Puts the focus on the sheet itself, so that single letters and Space keep their meaning. */
  readonly focusSelf?: boolean;
  /** Whether what has the focus as the sheet closes keeps it. */
  readonly keepsFocus?: (focused: Element | null) => boolean;
  readonly children: ReactNode;
};

/**
 * Something over the view. It never covers the reach bar, hides nothing from screen readers, so that
 * rings and reach are still told, and gives the focus back where it was.
 */
export function Sheet(props: SheetProps) {
  const { open, onClose, className, focusSelf = false, keepsFocus = () => false } = props;
  const before = useRef<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root modal={false} open={open} onOpenChange={next => next || onClose()}>
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
            if (keepsFocus(document.activeElement)) return;
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
        >
          {props.children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
