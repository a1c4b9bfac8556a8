import { Search } from 'lucide-react';

type SearchFieldProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly className?: string;
  readonly onChange: (text: string) => void;
};

/** A field that narrows what is shown while it is typed into. */
export function SearchField({ label, hint, value, className = '', onChange }: SearchFieldProps) {
  return (
    <label className={`search ${className}`}>
      <Search size={14} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={hint}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
