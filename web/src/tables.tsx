// Tables of figures, counted in the store: who speaks, and where.
import { address, useRows } from "./api";
import { longDay } from "./dates";
import { ListTools, orderOf } from "./list";
import { Answer, Heading, More, Note } from "./parts";
import { go, Link, toSpeaker, type Place } from "./route";
import { FilterForm, filterOf } from "./search";
import { STANCES, StanceMark, stanceWord } from "./stance";
import { Words } from "./text";
import type { OutletFigures, SpeakerFigures } from "./types";

interface Column<Row> {
  sort: string;
  word: string;
  number?: boolean;
  show: (row: Row) => preact.ComponentChildren;
}

const percent = (share: number) => `${Math.round(share * 100)}%`;
const days = (row: { first: string | null; last: string | null }) =>
  !row.first ? "undated" : row.first === row.last ? longDay(row.first) : `${longDay(row.first)} – ${longDay(row.last)}`;

const SPEAKERS: Column<SpeakerFigures>[] = [
  {
    sort: "name",
    word: "Name",
    show: (row) =>
      row.name ? (
        <Link class="speaker" to={toSpeaker(row.name)}>
          <Words>{row.name}</Words>
        </Link>
      ) : (
        <span class="nobody">nobody named</span>
      ),
  },
  { sort: "attributions", word: "Said", number: true, show: (row) => row.attributions.toLocaleString("en") },
  { sort: "statements", word: "Statements", number: true, show: (row) => row.statements.toLocaleString("en") },
  { sort: "articles", word: "Articles", number: true, show: (row) => row.articles.toLocaleString("en") },
  { sort: "outlets", word: "Outlets", number: true, show: (row) => row.outlets.toLocaleString("en") },
  { sort: "share_direct", word: "Quoted", number: true, show: (row) => percent(row.share_direct) },
  { sort: "first", word: "Days", show: days },
];

const OUTLETS: Column<OutletFigures>[] = [
  {
    sort: "outlet",
    word: "Outlet",
    show: (row) =>
      row.outlet ? (
        <Link to={address("/search", { outlet: row.outlet })}>
          <Words>{row.outlet}</Words>
        </Link>
      ) : (
        <span class="nobody">outlet not told</span>
      ),
  },
  { sort: "articles", word: "Articles", number: true, show: (row) => row.articles.toLocaleString("en") },
  { sort: "attributions", word: "Said", number: true, show: (row) => row.attributions.toLocaleString("en") },
  { sort: "statements", word: "Statements", number: true, show: (row) => row.statements.toLocaleString("en") },
  { sort: "speakers", word: "Speakers", number: true, show: (row) => row.speakers.toLocaleString("en") },
  { sort: "share_direct", word: "Quoted", number: true, show: (row) => percent(row.share_direct) },
  { sort: "share_named", word: "Named", number: true, show: (row) => percent(row.share_named) },
  { sort: "first", word: "Days", show: days },
];

function sortLink(place: Place, column: string, usual: string): { to: string; state: "ascending" | "descending" | "none" } {
  const now = place.query.get("sort") ?? usual;
  const reversed = place.query.get("reverse") === "true";
  const names = ["name", "outlet", "first"]; // these ascend by themselves
  const state = now !== column ? "none" : names.includes(column) !== reversed ? "ascending" : "descending";
  const query = new URLSearchParams(place.query);
  query.set("sort", column);
  if (now === column && !reversed) query.set("reverse", "true");
  else query.delete("reverse");
  return { to: `${place.path}?${query}`, state };
}

function Table<Row>({ rows, columns, place, usual, label }: { rows: Row[]; columns: Column<Row>[]; place: Place; usual: string; label: string }) {
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={label}>
      <table class="figures">
        <thead>
          <tr>
            {columns.map((column) => {
              const { to, state } = sortLink(place, column.sort, usual);
              return (
                <th scope="col" aria-sort={state} class={column.number ? "number" : undefined}>
                  <a
                    href={to}
                    onClick={(event) => {
                      event.preventDefault();
                      go(to, true);
                    }}
                  >
                    {column.word}
                    {state !== "none" && <span aria-hidden="true">{state === "ascending" ? " ↑" : " ↓"}</span>}
                  </a>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column, i) =>
                i === 0 ? (
                  <th scope="row">{column.show(row)}</th>
                ) : (
                  <td class={column.number ? "number" : undefined}>{column.show(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "12 affirms, 3 denies", each with its mark. */
export function StanceCounts({ stances, to }: { stances: Record<string, number>; to?: (stance: string) => string }) {
  return (
    <ul class="plain">
      {STANCES.filter((stance) => stances[stance]).map((stance) => (
        <li>
          <StanceMark stance={stance} />{" "}
          {to ? <Link to={to(stance)}>{stanceWord(stance)}</Link> : stanceWord(stance)}{" "}
          <span class="count">{stances[stance]!.toLocaleString("en")}</span>
        </li>
      ))}
    </ul>
  );
}

function FiguresPage<Row>({
  place,
  path,
  title,
  columns,
  usual,
  one,
  many,
}: {
  place: Place;
  path: "speakers" | "outlets";
  title: string;
  columns: Column<Row>[];
  usual: string;
  one: string;
  many: string;
}) {
  const values = { ...filterOf(place), ...orderOf(place) };
  const rows = useRows<Row>(path, values);
  return (
    <>
      <Heading title={title}>{title}</Heading>
      <FilterForm filter={filterOf(place)} to={`/${path}`} words={`Find ${path}`} hint="Part of a name" />
      <ListTools place={place} path={path} values={values} one={one} many={many} />
      <Answer asked={rows}>
        {(data) =>
          data.length ? (
            <Table rows={data} columns={columns} place={place} usual={usual} label={title} />
          ) : (
            <Note title="Nobody fits">
              <p>Take a filter off, or write less of the name.</p>
            </Note>
          )
        }
      </Answer>
      <More rows={rows} />
    </>
  );
}

export const SpeakersPage = ({ place }: { place: Place }) => (
  <FiguresPage place={place} path="speakers" title="Speakers" columns={SPEAKERS} usual="attributions" one="speaker" many="speakers" />
);

export const OutletsPage = ({ place }: { place: Place }) => (
  <FiguresPage place={place} path="outlets" title="Outlets" columns={OUTLETS} usual="articles" one="outlet" many="outlets" />
);
