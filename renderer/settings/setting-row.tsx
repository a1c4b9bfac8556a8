import type { ReactNode } from 'react';

type SettingRowProps = {
  readonly name: string;
  /** What it does, in one sentence. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
};

/** A setting: its name, what it does, and its control. */
export function SettingRow({ name, about, children }: SettingRowProps) {
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="setting-name">{name}</span>
        {about === undefined ? null : <span className="second">{about}</span>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}
