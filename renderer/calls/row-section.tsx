import { Children, type ReactNode } from 'react';

type RowSectionProps = {
  readonly title: string;
  readonly count?: number;
  /** Said when there are no rows. */
  readonly empty?: string;
  readonly children: ReactNode;
};

/** A titled part of a list. */
export function RowSection({ title, count, empty, children }: RowSectionProps) {
  const filled = Children.count(children) > 0;
  return (
    <div
      className="row-section"
      role={filled ? 'group' : 'presentation'}
      {...(filled ? { 'aria-label': title } : {})}
      data-section={title.toLowerCase().replace(' ', '-')}
    >
      <div className="row-section-head" role="presentation">
        <span>{title}</span>
        {count === undefined ? null : <span className="count">{count}</span>}
      </div>
      {filled ? children : <p className="row-section-empty">{empty}</p>}
    </div>
  );
}
