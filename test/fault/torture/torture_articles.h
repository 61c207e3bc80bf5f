/* One short article of each kind, of our own writing. */
#ifndef HSY_TEST_TORTURE_ARTICLES_H
#define HSY_TEST_TORTURE_ARTICLES_H

#define SAID "\"We checked the hull in March,\" Ilse Falk told reporters. The ministry denied that it was cracked."

static const struct {
  const char *name, *text;
} TORTURE_ARTICLES[] = {
    {"a.txt", "Title: Ferry stays in port\nDate: 2023-05-04\nOutlet: Harbour Post\n\n" SAID "\n"},
    {"b.html", "<!doctype html><html lang=en><head><title>Ferry stays in port - Harbour Post</title><meta name=author "
               "content='A. Writer'><meta property='og:site_name' content='Harbour Post'><script "
               "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry stays in port\","
               "\"datePublished\":\"2023-05-04\",\"author\":{\"name\":\"A. Writer\"}}</script></head><body><h1>Ferry "
               "stays in port</h1><p>" SAID "</p><p>Nobody knows when the ferry will sail, the mayor said.</p></body>"},
    {"c.xml", "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY who 'Ilse Falk'>]><rss><channel><title>Harbour Post</title>"
              "<item><guid>c1</guid><title>Ferry</title><description>The hull was sound, &who; said.</description>"
              "</item><item><guid>c2</guid><title>Hull</title><description>The hull was checked, the ministry said."
              "</description></item></channel></rss>"},
    {"d.xml", "<nitf><head><docdata><doc-id id-string='d'/><date.issue norm='20230504'/></docdata></head><body>"
              "<body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content><p>" SAID "</p></body.content>"
              "</body></nitf>"},
    {"e.csv", "id,title,date,text\ne1,Ferry,2023-05-04,\"The hull was sound, Ilse Falk said.\"\n"},
    {"f.jsonl", "{\"id\":\"f1\",\"title\":\"Ferry\",\"date\":\"2023-05-04\",\"text\":\"The hull was sound, Ilse Falk "
                "said.\"}\n{\"id\":\"f2\",\"html\":\"<p>The hull was sound, Ilse Falk said.</p>\"}\n"},
    {"g.json", "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"Harbour Post\",\n\"items\":[{\"id\":\"g1\","
               "\"summary\":\"The hull was sound, Ilse Falk said.\"}]}"},
    {"h.mhtml", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: "
                "text/html\r\nContent-Location: https://post.example/h\r\n\r\n<h1>Ferry</h1><p>The hull was sound, "
                "Ilse Falk said on Monday.</p>\r\n--b--\r\n"},
    {"i.warc", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/i\r\nWARC-Date: "
               "2023-05-04T08:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 111\r\n\r\nHTTP/1.1 200 "
               "OK\r\nContent-Type: text/html\r\n\r\n<h1>Ferry</h1><p>The hull was sound, Ilse Falk said.</p>      "
               "     \r\n\r\n"},
};

#endif
