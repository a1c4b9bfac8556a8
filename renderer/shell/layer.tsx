import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { showLayer, usePlace } from '../state/navigation.ts';
import type { Layer as LayerName } from '../state/place.ts';

type LayerProps = {
  /** The layers that open this one. */
  readonly of: readonly LayerName[];
  readonly className: string;
  /** Puts the focus on the layer itself, so that single letters and Space keep their meaning. */
  readonly focusSelf?: boolean;
  readonly children: ReactNode;
};

/**
 * Something over the view. It never covers the reach bar, hides nothing from screen readers, so that
 * rings and reach are still told, and gives the focus back where it was.
 */
export function Layer({ of, className, focusSelf = false, children }: LayerProps) {
  const open = usePlace(place => place.layer !== null && of.includes(place.layer));
  const before = useRef<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root modal={false} open={open} onOpenChange={next => next || showLayer(null)}>
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
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
        >
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
