// The front page: what the record holds. And the list of articles.
import type { ComponentChildren } from "preact";
import { useAnswer, useRows } from "./api";
import { can } from "./can";
import { ClaimRow } from "./claim";
import { longDay } from "./dates";
import { KeptList, ListTools, orderOf } from "./list";
import { Answer, ArticleRow, AttributionCard, Heading, More, Note, SaidBy } from "./parts";
import { Link, toSpread } from "./route";
import { FilterForm, filterOf, People } from "./search";
import type { Place } from "./route";
import type { About, Article, Attribution, Claim, Conflict, Moment, Shift, Stats } from "./types";
import { blocksOf, ConflictBlock, ShiftBlock } from "./views";

export function EmptyRecord({ about }: { about: About | null }) {
  return (
    <Note title="The record is empty">
      <p>
        Read some articles into it: <code>hearsay add articles/</code> in a terminal takes files and folders; this page
        shows them as soon as they are in.
      </p>
      {about?.add && (
        <p>
          Or <Link to="/add">hand in files here</Link>.
        </p>
      )}
    </Note>
  );
}

const plural = (count: number, one: string, many: string) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const LACKS: Record<string, string> = {
  language: "in a language that is not read",
  date: "without a day",
  outlet: "without an outlet",
  text: "without text",
};

/** "Of the articles 2 are without a day, 1 without text." */
function lacking(without: Record<string, number>) {
  const parts = Object.keys(LACKS)
    .filter((lack) => without[lack])
    .map((lack) => `${without[lack]!.toLocaleString("en")} ${LACKS[lack]}`);
  return parts.length ? `Of the articles: ${parts.join(", ")}.` : "";
}

function Summary({ stats }: { stats: Stats }) {
  return (
    <p class="lede">
      {plural(stats.attributions, "thing", "things")} said by {plural(stats.speakers, "speaker", "speakers")} in{" "}
      {plural(stats.documents, "article", "articles")} of {plural(stats.outlets, "outlet", "outlets")}
      {stats.first && `, ${longDay(stats.first)}`}
      {stats.last && stats.last !== stats.first && ` to ${longDay(stats.last)}`}.
      {stats.reviewed &&
        ` Reviewed: ${plural(stats.reviewed.attributions, "attribution", "attributions")}, ${stats.reviewed.right} right as they were.`}
      {stats.without && ` ${lacking(stats.without)}`}
    </p>
  );
}

function Section({ id, title, to, all, children }: { id: string; title: string; to: string; all: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <Link to={to}>{all}</Link>
      </h2>
      {children}
    </section>
  );
}

/** What the record is for: who disputes what, who contradicts whom, who changed, what spread. */
function News() {
  const claims = useRows<Claim>(can("claims") ? "claims" : null, { sort: "speakers", limit: 4 });
  const conflicts = useRows<Conflict>(can("conflicts") ? "conflicts" : null, { sort: "day", limit: 24 });
  const shifts = useRows<Shift>(can("shifts") ? "shifts" : null, { sort: "day", limit: 3 });
  const spread = useRows<Moment>(can("timeline") ? "timeline" : null, { sort: "reports", limit: 3 });
  const blocks = blocksOf(conflicts.data ?? []).slice(0, 3);
  const far = (spread.data ?? []).filter((row) => row.reports > 1);
  return (
    <>
      {!!claims.data?.length && (
        <Section id="disputed" title="Most disputed" to="/claims?sort=speakers" all="all claims">
          <div class="columns">
            {claims.data.map((row) => (
              <ClaimRow row={row} key={row.id} />
            ))}
          </div>
        </Section>
      )}
      {blocks.length > 0 && (
        <Section id="contradicted" title="Latest contradictions" to="/conflicts?sort=day" all="all contradictions">
          {blocks.map((block) => (
            <ConflictBlock block={block} key={block.claim} />
          ))}
        </Section>
      )}
      {!!shifts.data?.length && (
        <Section id="shifted" title="Changed position" to="/shifts?sort=day" all="all changes">
          {shifts.data.map((shift) => (
            <ShiftBlock shift={shift} key={shift.id} />
          ))}
        </Section>
      )}
      {far.length > 0 && (
        <Section id="spread" title="Spread furthest" to="/timeline" all="timeline">
          {far.map((row) => (
            <div class="spread-row" key={row.id}>
              <SaidBy row={row.attribution} />
              <p class="said-foot">
                <Link to={toSpread(row.id)}>
                  {row.reports} reports, {row.independent_reports} on their own
                </Link>
              </p>
            </div>
          ))}
        </Section>
      )}
    </>
  );
}

export function HomePage({ place, about }: { place: Place; about: About | null }) {
  const stats = useAnswer<Stats>("stats");
  const said = useRows<Attribution>("attributions", { reverse: "true", limit: 6 });
  const articles = useRows<Article>("articles", { reverse: "true", limit: 8 });
  return (
    <>
      <Heading title="Who said what">Who said what</Heading>
      <Answer asked={stats}>
        {(data) => (data.documents ? <Summary stats={data} /> : <EmptyRecord about={about} />)}
      </Answer>
      <FilterForm filter={filterOf(place)} to="/search" words="Search the record" />
      {!!said.data?.length && (
        <div class="results">
          <section class="main-column" aria-labelledby="said">
            {about && <News />}
            <h2 id="said">Said last</h2>
            {said.data.slice(0, 6).map((row) => (
              <AttributionCard row={row} key={row.id} />
            ))}
          </section>
          <aside class="side-column">
            <KeptList />
            <h2>Who</h2>
            <People values={{}} />
            <h2>Articles</h2>
            {articles.data?.map((row) => (
              <ArticleRow row={row} key={row.id} />
            ))}
            <p>
              <Link to="/articles">All articles</Link>
            </p>
          </aside>
        </div>
      )}
    </>
  );
}

const ORDERS = [
  { value: "day", word: "day of publication" },
  { value: "title", word: "headline" },
  { value: "outlet", word: "outlet" },
  { value: "attributions", word: "how much is said" },
  { value: "language", word: "language" },
];

export function ArticlesPage({ place, about }: { place: Place; about: About | null }) {
  const { speaker, outlet, stance, since, until } = filterOf(place);
  const values = { speaker, outlet, stance, since, until, ...orderOf(place) };
  const rows = useRows<Article>("articles", values);
  return (
    <>
      <Heading title="Articles">Articles</Heading>
      <ListTools place={place} path="articles" values={values} one="article" many="articles" orders={ORDERS} />
      <Answer asked={rows}>
        {(data) =>
          data.length ? (
            <div class="columns">
              {data.map((row) => (
                <ArticleRow row={row} level={2} key={row.id} />
              ))}
            </div>
          ) : (
            <EmptyRecord about={about} />
          )
        }
      </Answer>
      <More rows={rows} />
    </>
  );
}
