// Places of the page and how to go from one to the next without loading anew.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  query: URLSearchParams;
  hash: string;
}

function here(): Place {
  return {
    path: location.pathname,
    query: new URLSearchParams(location.search),
    hash: location.hash,
  };
}

const CHANGED = "hearsay:place";

export function go(to: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  dispatchEvent(new Event(CHANGED));
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = () => setPlace(here());
    for (const event of ["popstate", "hashchange", CHANGED]) addEventListener(event, update);
    return () => {
      for (const event of ["popstate", "hashchange", CHANGED]) removeEventListener(event, update);
    };
  }, []);
  return place;
}

export const toArticle = (id: string, hash = "") => `/article/${encodeURIComponent(id)}${hash}`;
export const toSpeaker = (name: string) => `/speaker/${encodeURIComponent(name)}`;
export const toClaim = (id: string) => `/claim/${encodeURIComponent(id)}`;
export const toSpread = (id: string) => `/spread/${encodeURIComponent(id)}`;

interface LinkProps {
  to: string;
  class?: string;
  children?: ComponentChildren;
  "aria-label"?: string;
  "aria-current"?: "page";
}

export function Link({ to, children, ...rest }: LinkProps) {
  const onClick = (event: MouseEvent) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain || event.defaultPrevented) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} onClick={onClick} {...rest}>
      {children}
    </a>
  );
}
