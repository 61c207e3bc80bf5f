// What every list has: how many rows, an order, a table to take along, a way to keep the search.
import { useState } from "preact/hooks";
import { address, useAnswer, type Values } from "./api";
import { go, Link, type Place } from "./route";

export interface Order {
  value: string;
  word: string;
}

interface Props {
  place: Place;
  path: string; // below /api/v1/
  values: Values;
  one: string;
  many: string;
  orders?: Order[];
}

/** The order that the address names, as parameters of a question. */
export function orderOf(place: Place): Values {
  return { sort: place.query.get("sort"), reverse: place.query.get("reverse") === "true" ? "true" : "" };
}

function withParam(place: Place, changes: Record<string, string>): string {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  return place.path + (text ? `?${text}` : "");
}

export function ListTools({ place, path, values, one, many, orders = [] }: Props) {
  const counted = useAnswer<{ rows: number }>(address(path, { ...values, sort: "", reverse: "", count: "true" }));
  const reversed = place.query.get("reverse") === "true";
  const rows = counted.data?.rows;
  return (
    <div class="list-tools">
      <p class="how-many" role="status">
        {rows === undefined ? "…" : `${rows.toLocaleString("en")} ${rows === 1 ? one : many}`}
      </p>
      {orders.length > 0 && (
        <p>
          <label>
            sorted by{" "}
            <select
              value={place.query.get("sort") ?? orders[0]!.value}
              onChange={(event) => go(withParam(place, { sort: (event.currentTarget as HTMLSelectElement).value }), true)}
            >
              {orders.map((order) => (
                <option value={order.value}>{order.word}</option>
              ))}
            </select>
          </label>{" "}
          <Link to={withParam(place, { reverse: reversed ? "" : "true" })} aria-label="Turn the order round">
            {reversed ? "↑" : "↓"}
          </Link>
        </p>
      )}
      <p>
        <a href={"/api/v1/" + address(path, { ...values, format: "csv" })} download="hearsay.csv">
          CSV
        </a>{" "}
        <a href={"/api/v1/" + address(path, { ...values, limit: 200 })}>JSON</a> <Keep place={place} />
      </p>
    </div>
  );
}

// ---- saved searches: in this browser alone ----

const KEPT = "hearsay:kept";

export interface Kept {
  name: string;
  to: string;
}

export function keptSearches(): Kept[] {
  try {
    const list = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(list) ? list.filter((one) => typeof one?.name === "string" && String(one?.to).startsWith("/")) : [];
  } catch {
    return [];
  }
}

function write(list: Kept[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(list));
  } catch {
    /* a browser that keeps nothing */
  }
}

function nameOf(place: Place): string {
  const words = [...place.query].filter(([name]) => !["sort", "reverse"].includes(name)).map(([, value]) => value);
  return `${place.path.slice(1)}${words.length ? ": " + words.join(", ") : ""}`;
}

function Keep({ place }: { place: Place }) {
  const to = place.path + (place.query.toString() ? `?${place.query}` : "");
  const [, redraw] = useState(0);
  const kept = keptSearches();
  const there = kept.some((one) => one.to === to);
  const turn = () => {
    write(there ? kept.filter((one) => one.to !== to) : [...kept, { name: nameOf(place), to }]);
    redraw((n) => n + 1);
  };
  return (
    <button type="button" class="quiet" aria-pressed={there} onClick={turn}>
      {there ? "saved" : "save this search"}
    </button>
  );
}

export function KeptList() {
  const kept = keptSearches();
  if (!kept.length) return null;
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">Saved searches</h2>
      <ul class="plain">
        {kept.map((one) => (
          <li key={one.to}>
            <Link to={one.to}>{one.name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
