// The front page: what the record holds. And the list of articles.
import { useAnswer, useRows } from "./api";
import { longDay } from "./dates";
import { Answer, ArticleRow, AttributionCard, Heading, More, Note } from "./parts";
import { Link } from "./route";
import { FilterForm, filterOf, People } from "./search";
import type { Place } from "./route";
import type { About, Article, Attribution, Stats } from "./types";

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

function Summary({ stats }: { stats: Stats }) {
  return (
    <p class="lede">
      {plural(stats.attributions, "statement", "statements")} by {plural(stats.speakers, "speaker", "speakers")} in{" "}
      {plural(stats.documents, "article", "articles")} of {plural(stats.outlets, "outlet", "outlets")}
      {stats.first && `, ${longDay(stats.first)}`}
      {stats.last && stats.last !== stats.first && ` to ${longDay(stats.last)}`}.
    </p>
  );
}

export function HomePage({ place, about }: { place: Place; about: About | null }) {
  const stats = useAnswer<Stats>("stats");
  const said = useRows<Attribution>("attributions", { limit: 200 });
  const articles = useRows<Article>("articles", { limit: 8 });
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
            <h2 id="said">From the record</h2>
            {said.data.slice(0, 6).map((row) => (
              <AttributionCard row={row} key={row.id} />
            ))}
          </section>
          <aside class="side-column">
            <h2>Who</h2>
            <People rows={said.data} />
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

export function ArticlesPage({ about }: { about: About | null }) {
  const rows = useRows<Article>("articles");
  return (
    <>
      <Heading title="Articles">Articles</Heading>
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
