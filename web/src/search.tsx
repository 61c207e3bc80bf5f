// Words or a sentence → what was said, by whom, and the articles that hold them.
import { address, useRows, type Values } from "./api";
import { can } from "./can";
import { ClaimRow } from "./claim";
import { KeptList, ListTools, orderOf } from "./list";
import { ArticleRow, AttributionCard, Answer, Heading, More, Note } from "./parts";
import { go, Link, toSpeaker, type Place } from "./route";
import { STANCES, stanceWord } from "./stance";
import { Words } from "./text";
import type { Article, Attribution, Claim, SpeakerFigures } from "./types";

type Found = Article | Attribution;

const FIELDS = ["q", "speaker", "outlet", "stance", "since", "until", "thoughts"] as const;
export type Filter = Record<(typeof FIELDS)[number], string>;

export function filterOf(place: Place): Filter {
  return Object.fromEntries(FIELDS.map((name) => [name, place.query.get(name) ?? ""])) as Filter;
}

/** The question that answers a filter: a search, or all that is said. */
export function questionOf(filter: Filter): { path: string; values: Values } | null {
  const { q, ...rest } = filter;
  if (q) return { path: "search", values: { q, ...rest } };
  return Object.values(rest).some(Boolean) ? { path: "attributions", values: rest } : null;
}

// ---- the form ----

interface FieldProps {
  name: string;
  label: string;
  value: string;
  type?: "search" | "date";
}

function Field({ name, label, value, type = "search" }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      {type === "date" ? (
        <input name={name} type="date" defaultValue={value} />
      ) : (
        <input name={name} type="search" defaultValue={value} autocomplete="off" spellcheck={false} />
      )}
    </label>
  );
}

export function FilterForm({ filter, to, words, hint, bare }: { filter: Filter; to: string; words: string; hint?: string; bare?: boolean }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    go(address(to, Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]))));
  };
  return (
    <form class="filter" onSubmit={submit} action={to} key={JSON.stringify(filter)} role="search" aria-label={words}>
      <div class="ask">
        <input
          name="q"
          type="search"
          defaultValue={filter.q}
          aria-label={hint ?? "Words or a sentence"}
          placeholder={hint}
          autocomplete="off"
        />
        <button type="submit">Search</button>
      </div>
      {!bare && <details open={FIELDS.some((name) => name !== "q" && filter[name])}>
        <summary>Narrow it down</summary>
        <div class="fields">
          <Field name="speaker" label="Speaker" value={filter.speaker} />
          <Field name="outlet" label="Outlet" value={filter.outlet} />
          <label>
            <span>Stance</span>
            <select name="stance">
              <option value="">any</option>
              {STANCES.map((stance) => (
                <option value={stance} selected={stance === filter.stance}>
                  {stanceWord(stance)}
                </option>
              ))}
            </select>
          </label>
          <Field name="since" label="Published from" value={filter.since} type="date" />
          <Field name="until" label="until" value={filter.until} type="date" />
          <label class="check">
            <input type="checkbox" name="thoughts" value="true" defaultChecked={filter.thoughts === "true"} /> with
            thoughts
          </label>
          <button type="submit">Apply</button>
        </div>
      </details>}
    </form>
  );
}

// ---- what was found ----

const isArticle = (row: Found): row is Article => row.type === "document";

/** Who says most, counted over all that the filter fits. */
export function People({ values }: { values: Values }) {
  const FEW = 12;
  const rows = useRows<SpeakerFigures>("speakers", { ...values, limit: FEW });
  return (
    <ul class="people">
      {rows.data?.slice(0, FEW).map(
        (row) =>
          row.name && (
            <li key={row.entity}>
              <Link to={toSpeaker(row.name)}>
                <Words>{row.name}</Words>
              </Link>{" "}
              <span class="count">{row.attributions.toLocaleString("en")}</span>
            </li>
          ),
      )}
      <li>
        <Link to={address("/speakers", values)}>All speakers</Link>
      </li>
    </ul>
  );
}

/** Who says what was found: of words the rows at hand tell it, of a filter the record. */
function Who({ filter }: { filter: Filter }) {
  if (filter.q) return null;
  return (
    <>
      <h2 id="people">Who</h2>
      <People values={{ ...filter, q: "" }} />
    </>
  );
}

/** What may have been meant, where nothing is found. */
export function Meant({ words }: { words: string }) {
  const rows = useRows<{ kind: string; name: string }>(words && can("suggest") ? "suggest" : null, { q: words, limit: "" });
  if (!rows.data?.length) return null;
  return (
    <p>
      Did you mean{" "}
      {rows.data.map((row, i) => (
        <>
          {i > 0 && ", "}
          <Link to={row.kind === "outlet" ? address("/search", { outlet: row.name }) : toSpeaker(row.name)}>
            <Words>{row.name}</Words>
          </Link>
        </>
      ))}
      ?
    </p>
  );
}

function Results({ rows, filter }: { rows: Found[]; filter: Filter }) {
  const articles = rows.filter(isArticle);
  const said = rows.filter((row): row is Attribution => !isArticle(row));
  if (!rows.length) {
    return (
      <Note title="Nothing found">
        <p>
          All of the words have to be in one statement or article. Try fewer words, or the start of a sentence in
          quotation marks{FIELDS.some((name) => name !== "q" && filter[name]) ? ", or take filters off" : ""}.
        </p>
        <Meant words={filter.speaker || filter.outlet || filter.q} />
      </Note>
    );
  }
  return (
    <div class="results">
      <div class="main-column">
        {said.length > 0 && (
          <section aria-labelledby="said">
            <h2 id="said">What was said</h2>
            {said.map((row) => (
              <AttributionCard row={row} key={row.id} />
            ))}
          </section>
        )}
        {articles.length > 0 && (
          <section aria-labelledby="articles">
            <h2 id="articles">{said.length ? "Articles besides" : "Articles"}</h2>
            {articles.map((row) => (
              <ArticleRow row={row} key={row.id} />
            ))}
          </section>
        )}
      </div>
      {said.length > 0 && (
        <aside class="side-column" aria-label="Beside">
          <Claims q={filter.q} />
          <Who filter={filter} />
          <p>
            <Link to={address("/timeline", filter)}>See it as a timeline</Link>
          </p>
        </aside>
      )}
    </div>
  );
}

function Claims({ q }: { q: string }) {
  const rows = useRows<Claim>(q && can("claims") ? "claims" : null, { q, limit: 6 });
  if (!rows.data?.length) return null;
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">Disputed</h2>
      {rows.data.map((row) => (
        <ClaimRow row={row} key={row.id} />
      ))}
    </section>
  );
}

const ORDERS = [
  { value: "day", word: "day of publication" },
  { value: "speaker", word: "speaker" },
  { value: "outlet", word: "outlet" },
  { value: "stance", word: "stance" },
  { value: "confidence", word: "how sure it is" },
];

export function SearchPage({ place }: { place: Place }) {
  const filter = filterOf(place);
  const question = questionOf(filter);
  const rows = useRows<Found>(question?.path ?? null, filter.q ? question?.values : { ...question?.values, ...orderOf(place) });
  return (
    <>
      <Heading title={filter.q || "Search"}>Search</Heading>
      <FilterForm filter={filter} to="/search" words="Search the record" />
      {!question && (
        <>
          <Note title="What are you looking for?">
            <p>Write a few words of what was said, or choose a speaker, an outlet or a stance.</p>
          </Note>
          <KeptList />
        </>
      )}
      {question && (
        <div aria-live="polite" aria-busy={rows.waiting}>
          <ListTools
            place={place}
            path={question.path}
            values={{ ...question.values, ...(filter.q ? {} : orderOf(place)) }}
            one="row"
            many={filter.q ? "rows, those that fit best first" : "rows"}
            orders={filter.q ? [] : ORDERS}
          />
          <Answer asked={rows}>{(data) => <Results rows={data} filter={filter} />}</Answer>
          <More rows={rows} />
        </div>
      )}
    </>
  );
}
