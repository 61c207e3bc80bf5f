"""The server from outside: what it answers, what it refuses, what it survives."""
import gzip
import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import time
import unittest
from urllib.parse import quote, urlencode

from support import ARTICLE, PROGRAM, ROOT, STORY, Case

HOSTILE = """Title: Minister <script>alert(1)</script> speaks
Date: 2025-04-03

"<img src=x onerror=alert(2)> \u202eevil\u202c &amp &#x;" Edda Falk, the transport minister, told reporters.
"""


class Server:
    """`hearsay serve` at a port of its own; the log is kept."""

    def __init__(self, case, *options, listen="127.0.0.1:0", **env):
        self.log = open(case.path("serve.log"), "w+b")
        case.addCleanup(self.log.close)
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", listen, *options], stdout=subprocess.PIPE,
                                        stderr=self.log, env=case.env(**env), cwd=case.dir)
        case.addCleanup(self.stop)
        said = b""
        while b"Ctrl-C" not in said:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(self.lines())
            said += line
        self.said = said.decode()
        self.port = int(re.search(r"http://\S*?:(\d+)/", self.said).group(1))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.process.stdout.close()
        return self.process.returncode

    def lines(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8") as log:
            return log.read()

    def ask(self, path, method="GET", body=None, **headers):
        """(status, headers, body) of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def json(self, path, **headers):
        status, _, body = self.ask(path, **headers)
        return status, json.loads(body)

    def raw(self, data, timeout=20):
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            got = b""
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it answered, or hung up, before it had read all
            try:
                while piece := s.recv(65536):
                    got += piece
            except (TimeoutError, ConnectionResetError):
                pass  # what came is looked at
            return got


class Serve(Case):
    def add_story(self):
        shutil.copytree(STORY, self.path("story"), dirs_exist_ok=True)
        self.run_text("add", "story")

    def serve(self, *options, **env):
        self.add_story()
        return Server(self, *options, **env)

    # ---- answers ----

    def test_answers_are_those_of_the_command_line(self):
        server = self.serve()

        def bare(rows):
            return [{k: v for k, v in row.items() if k != "cursor"} for row in rows]

        for path, command in [("articles", ["list"]), ("attributions?speaker=Renn&limit=200", ["who", "Renn"]),
                              ("search?q=river&limit=200", ["search", "river"]),
                              ("attributions?stance=deny&limit=200", ["who", "--stance", "deny"]),
                              ("attributions?since=2025-05-09&limit=200", ["who", "--since", "2025-05-09"])]:
            status, answer = server.json(f"/api/v1/{path}")
            self.assertEqual(status, 200)
            self.assertTrue(answer["rows"], path)
            self.assertEqual(bare(answer["rows"]), bare(self.rows(*command, "--json")), path)
            self.assertIsNone(answer["cursor"], path)
        self.assertEqual(server.json("/api/v1/stats")[1], self.rows("stats", "--json")[0])
        for row in self.rows("list", "--json"):
            one = server.json(f"/api/v1/articles/{row['id']}")[1]
            self.assertEqual(one, self.rows("show", "--json", row["id"])[0])
            if row["url"]:
                self.assertEqual(server.json(f"/api/v1/articles/{quote(row['url'], safe='')}")[1], one)

    def test_pages_by_cursor_are_the_whole(self):
        server = self.serve()
        for path in ("attributions", "articles", "search?q=river"):
            whole = server.json(f"/api/v1/{path}{'&' if '?' in path else '?'}limit=200")[1]["rows"]
            rows, cursor, pages = [], None, 0
            while pages == 0 or cursor:
                query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
                answer = server.json(f"/api/v1/{path}{'&' if '?' in path else '?'}{urlencode(query)}")[1]
                self.assertLessEqual(len(answer["rows"]), 3)
                rows, cursor, pages = rows + answer["rows"], answer["cursor"], pages + 1
            self.assertEqual(rows, whole)
            self.assertGreater(pages, 1)

    def test_etag_gzip_head(self):
        server = self.serve()
        for path in ("/api/v1/attributions", "/app.js", "/"):
            status, headers, body = server.ask(path)
            self.assertEqual(status, 200)
            tag = headers["ETag"]
            for tags in (tag, f'"other", W/{tag}', "*"):
                status, again, nothing = server.ask(path, If_None_Match=tags)
                self.assertEqual((status, nothing, again["ETag"]), (304, b"", tag))
            self.assertEqual(server.ask(path, If_None_Match='"other"')[0], 200)
            status, head, nothing = server.ask(path, method="HEAD")
            self.assertEqual((status, nothing), (200, b""))
            self.assertEqual((head["Content-Length"], head["ETag"]), (str(len(body)), tag))
            if len(body) < 1024:
                continue
            status, headers, packed = server.ask(path, Accept_Encoding="br, gzip;q=0.5")
            self.assertEqual(headers["Content-Encoding"], "gzip")
            self.assertEqual(gzip.decompress(packed), body)
            self.assertLess(len(packed), len(body))
            self.assertNotEqual(headers["ETag"], tag)
            self.assertEqual(server.ask(path, Accept_Encoding="gzip", If_None_Match=headers["ETag"])[0], 304)
            self.assertIsNone(server.ask(path, Accept_Encoding="gzip;q=0")[1]["Content-Encoding"])
        # What is added shows, with another tag.
        before = server.ask("/api/v1/stats")[1]["ETag"]
        self.run_text("add", self.write("new.txt"))
        self.assertNotEqual(server.ask("/api/v1/stats")[1]["ETag"], before)

    def test_problems(self):
        server = self.serve()
        for path, status in [("/api/v1/articles/nothing", 404), ("/api/v1/nothing", 404), ("/api/v2/stats", 404),
                             ("/api/v1/search", 400), ("/api/v1/search?q=", 400), ("/api/v1/search?q=a&q=b", 400),
                             ("/api/v1/articles?limit=0", 400), ("/api/v1/articles?limit=201", 400),
                             ("/api/v1/articles?limit=1e2", 400), ("/api/v1/articles?cursor=here", 400),
                             ("/api/v1/articles?since=yesterday", 400), ("/api/v1/articles?colour=red", 400),
                             ("/api/v1/attributions?min_confidence=nan", 400),
                             ("/api/v1/attributions?thoughts=1", 400), ("/api/v1/search?q=%ff%fe", 400),
                             ("/api/v1/search?q=a%00b", 400), ("/api/v1/stats%00x", 400), ("/api/v1/add", 403)]:
            got, headers, body = server.ask(path)
            self.assertEqual(got, status, path)
            self.assertEqual(headers["Content-Type"], "application/problem+json", path)
            problem = json.loads(body)
            self.assertEqual(problem["status"], status)
            self.assertTrue(problem["title"] and problem["detail"], path)
        for method in ("PUT", "DELETE", "POST", "PATCH", "OPTIONS"):
            status, headers, _ = server.ask("/api/v1/stats", method=method)
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"), method)
        self.assertEqual(server.ask("/", method="POST")[0], 405)

    def test_every_route_with_every_parameter(self):
        """Whatever a parameter holds, there are rows or a problem in words; a route has its own parameters alone."""
        server = self.serve("--allow-review")
        with open(os.path.join(ROOT, "docs", "openapi.yaml"), encoding="utf-8") as file:
            told = re.findall(r"^  (/[a-z]\S*):\n((?:    .*\n|\n)*)", file.read(), re.M)
        routes = [path for path, rest in told if re.search(r"^    get:", rest, re.M) and path != "/openapi.yaml"]
        self.assertGreater(len(routes), 15)
        article = self.rows("list", "--json")[0]["id"]
        claim = self.rows("claims", "--json")[0]["id"]
        names = ("q", "name", "document", "held_by_several", "all", "kind", "claim", "speaker", "outlet", "stance", "since", "until",
                 "thoughts", "min_confidence", "limit", "cursor", "sort", "reverse", "count", "format", "one", "other", "without")
        values = ("", "x", "true", "0.5", "-1", "2025-05-02", "%00", "%ff", "9" * 400, "a%22%27%3b--", "csv", "deny")
        refused = answered = 0
        for route in routes:
            path = "/api/v1" + re.sub(r"\{[^}]*\}", claim if "claim" in route else article, route)
            for name in names:
                for value in values:
                    with self.subTest(path=path, name=name, value=value[:20]):
                        status, headers, body = server.ask(f"{path}?{name}={value}")
                        self.assertIn(status, (200, 400, 404, 414))
                        if status != 200:
                            problem = json.loads(body)
                            self.assertEqual((headers["Content-Type"], problem["status"]), ("application/problem+json", status))
                            self.assertTrue(problem["detail"])
                        refused += status != 200
                        answered += status == 200
            for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
                self.assertEqual(server.ask(path, method=method)[0], 405, (method, path))
        self.assertGreater(min(refused, answered), 200)
        self.assertEqual(server.json("/api/v1/stats")[0], 200)

    def test_the_page_and_its_headers(self):
        server = self.serve()
        for path, status in [("/", 200), ("/search?q=x", 200), ("/article/abc", 200), ("/speaker/A/B", 200),
                             ("/nowhere", 404), ("/article/", 404)]:
            got, headers, body = server.ask(path)
            self.assertEqual(got, status, path)
            self.assertIn(b'<script type="module" src="/app.js">', body)
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertNotRegex(policy, r"https?:|\*")
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertIsNone(headers["Access-Control-Allow-Origin"])
            self.assertNotRegex(body, rb"<script(?! type=\"module\" src)|style=|\son\w+=|<style")
        total = sum(len(gzip.compress(server.ask(f"/{name}")[2])) for name in
                    ("", "app.js", "style.css", "icon.svg"))
        self.assertLess(total, 200 * 1024)

    # ---- guards ----

    def test_only_known_names(self):
        server = self.serve()
        for host in ("127.0.0.1", "localhost:1234", f"LOCALHOST:{server.port}", "[::1]:80", "127.9.9.9"):
            self.assertEqual(server.ask("/api/v1/stats", Host=host)[0], 200, host)
        for host in ("evil.example", f"evil.example:{server.port}", "localhost.evil.example", "192.168.1.4",
                     "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "[::1", "localhost:80x"):
            for path in ("/api/v1/stats", "/"):
                self.assertEqual(server.ask(path, Host=host)[0], 421, host)
        self.assertIn("refused 421", server.lines())
        answer = server.raw(b"GET /api/v1/stats HTTP/1.1\r\nConnection: close\r\n\r\n")
        self.assertIn(answer.split(b"\r\n")[0].split()[1], (b"400", b"421"))
        named = Server(self, "--host", "desk.example")
        self.assertEqual(named.ask("/api/v1/stats", Host="desk.example:80")[0], 200)

    def test_other_sites(self):
        server = self.serve("--allow-add")
        own = f"http://127.0.0.1:{server.port}"
        kind = {"Content-Type": "application/octet-stream"}
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site"}, {"Origin": f"http://127.0.0.1:{server.port + 1}"}):
            self.assertEqual(server.ask("/api/v1/add", method="POST", body=ARTICLE, **kind, **headers)[0], 403, headers)
        self.assertEqual(server.json("/api/v1/add")[1]["rows"], [])
        self.assertEqual(server.ask("/api/v1/stats", **{"Sec-Fetch-Site": "cross-site"})[0], 403)
        # A link from another site may open the page.
        self.assertEqual(server.ask("/", **{"Sec-Fetch-Site": "cross-site"})[0], 200)
        status, _, _ = server.ask("/api/v1/add", method="POST", body=ARTICLE, Origin=own, **kind,
                                  **{"Sec-Fetch-Site": "same-origin"})
        self.assertEqual(status, 202)

    def test_loopback_by_default_and_a_token_beyond(self):
        self.add_story()
        server = Server(self)
        self.assertIn("http://127.0.0.1:", server.said)
        self.assertNotIn("token", server.said)
        everywhere = Server(self, listen="0.0.0.0:0")
        token = re.search(r"\?token=([0-9a-f]{32})\s", everywhere.said).group(1)
        status, headers, body = everywhere.ask("/api/v1/stats")
        self.assertEqual((status, headers["Content-Type"]), (401, "application/problem+json"))
        self.assertIn("Bearer", headers["WWW-Authenticate"])
        for bad in ("Bearer ", f"Bearer {token[:-1]}", f"Bearer {token}0", f"Basic {token}", token):
            self.assertEqual(everywhere.ask("/api/v1/stats", Authorization=bad)[0], 401, bad)
        self.assertEqual(everywhere.ask("/api/v1/stats", Authorization=f"Bearer {token}")[0], 200)
        for path in ("/", "/app.js", "/?token=wrong"):
            self.assertEqual(everywhere.ask(path)[0], 401, path)
        status, headers, _ = everywhere.ask(f"/?token={token}")
        self.assertEqual((status, headers["Location"]), (303, "/"))
        cookie = headers["Set-Cookie"]
        self.assertIn("HttpOnly", cookie)
        self.assertIn("SameSite=Strict", cookie)
        self.assertEqual(everywhere.ask("/api/v1/stats", Cookie=cookie.split(";")[0])[0], 200)
        self.assertEqual(everywhere.ask("/api/v1/stats", Host="evil.example", Cookie=cookie.split(";")[0])[0], 421)
        chosen = Server(self, HEARSAY_TOKEN="correct-horse-battery")
        self.assertEqual(chosen.ask("/api/v1/stats")[0], 401)
        self.assertEqual(chosen.ask("/api/v1/stats", Authorization="Bearer correct-horse-battery")[0], 200)
        self.complaint("serve", "--listen", "0.0.0.0:0", status=2, env=self.env(HEARSAY_TOKEN="short"))

    # ---- adding ----

    def wait_for_adding(self, server):
        for _ in range(300):
            state = server.json("/api/v1/add")[1]
            if all(row["state"] in ("done", "failed") for row in state["rows"]):
                return state
            time.sleep(0.1)
        self.fail(state)

    def test_adding(self):
        server = Server(self, "--allow-add")  # makes the store
        self.assertEqual(server.json("/api/v1/stats")[1]["documents"], 0)
        kind = {"Content-Type": "application/octet-stream"}

        def hand_in(name, text, **headers):
            return server.ask(f"/api/v1/add?name={quote(name, safe='')}", method="POST", body=text.encode(),
                              **{**kind, **headers})

        for name in ("quay.txt", "quay.txt", "../../etc/passwd", "/dev/null", "..", ".hidden", "a\nb.txt"):
            self.assertEqual(hand_in(name, ARTICLE)[0], 202, name)
        self.assertEqual(hand_in("hostile.txt", HOSTILE)[0], 202)
        self.assertEqual(hand_in("noise.bin", "\0\1\2" * 999)[0], 202)
        rows = self.wait_for_adding(server)["rows"]
        self.assertEqual([r["receipts"][0]["state"] for r in rows[:2]], ["added", "same"])
        self.assertEqual(rows[-1]["state"], "failed")
        self.assertTrue(rows[-1]["problem"])
        self.assertEqual(rows[2]["name"], "../../etc/passwd")
        kept = sorted(os.listdir(self.store + ".files"))
        self.assertTrue(all(re.match(r"^[0-9a-f]{32}-[^./][^/]*$", name) for name in kept), kept)
        self.assertFalse(os.path.exists(self.path("etc")))
        said = server.json("/api/v1/attributions?speaker=Falk")[1]["rows"]
        self.assertTrue(said)
        hostile = server.json("/api/v1/articles/" + rows[-2]["receipts"][0]["id"])[1]
        self.assertIn("<img src=x onerror=alert(2)> \u202eevil\u202c &amp &#x;", hostile["text"])
        for body, headers, status in [(ARTICLE, {"Content-Type": "text/plain"}, 415),
                                      (ARTICLE, {"Content-Type": "multipart/form-data; boundary=x"}, 415),
                                      ("", kind, 400)]:
            self.assertEqual(server.ask("/api/v1/add", method="POST", body=body.encode(), **headers)[0], status)
        huge = server.raw(b"POST /api/v1/add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n"
                          b"Content-Type: application/octet-stream\r\n\r\nabc")
        self.assertIn(b" 413 ", huge.split(b"\r\n")[0])

    def test_read_only_by_default(self):
        server = self.serve()
        before = self.run_text("export", "--format", "jsonl")[0]
        status, _, body = server.ask("/api/v1/add", method="POST", body=ARTICLE,
                                     **{"Content-Type": "application/octet-stream"})
        self.assertEqual(status, 403)
        self.assertIn("--allow-add", json.loads(body)["detail"])
        self.assertEqual(self.run_text("export", "--format", "jsonl")[0], before)
        self.assertFalse(os.path.exists(self.store + ".files"))

    # ---- bad input ----

    def test_no_store(self):
        line = self.complaint("serve", status=1)
        self.assertIn("hearsay add", line)
        self.add_story()
        self.complaint("serve", "--listen", "nowhere.example:80", status=2)
        server = Server(self)
        self.complaint("serve", "--listen", f"127.0.0.1:{server.port}", status=2)

    def test_long_queries(self):
        server = self.serve()
        self.assertEqual(server.ask("/api/v1/search?q=" + "river+" * 5000)[0], 200)
        for size in (200_000, 10_000_000):
            answer = server.raw(b"GET /api/v1/search?q=" + b"a" * size + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            self.assertIn(answer.split(b"\r\n")[0].split()[1:2], ([b"414"], [b"431"], [b"413"], []))
        self.assertEqual(server.ask("/api/v1/stats")[0], 200)
        many = "&".join(f"p{i}=1" for i in range(200))
        self.assertEqual(server.ask("/api/v1/stats?" + many)[0], 400)
        for raw in (b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"A" * 100_000, b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"):
            server.raw(raw)
        self.assertEqual(server.ask("/api/v1/stats")[0], 200)
        self.assertIn("\n", server.lines())

    def test_no_path_leads_out(self):
        server = self.serve()
        with open("/etc/passwd", "rb") as file:
            secret = file.read()[:20]
        for path in ("/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "//etc/passwd", "/./etc/passwd",
                     "/%2e%2e/%2e%2e/etc/passwd", "/dist/../app.js", "/api/v1/articles/..%2f..%2f..%2fetc%2fpasswd",
                     "/api/v1/articles//etc/passwd", "/..\\..\\etc\\passwd", "/app.js%00.html"):
            answer = server.raw(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            self.assertIn(answer.split(b" ")[1], (b"404", b"400"), path)
            self.assertNotIn(secret, answer)

    def test_a_thousand_idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard == resource.RLIM_INFINITY else min(hard, 4096), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        server = self.serve()
        idle = []
        try:
            for _ in range(1000):
                idle.append(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            for s in idle[::7]:
                s.sendall(b"GET /api/v1/stats HTTP/1.1\r\nHost: local")
            self.assertEqual(server.ask("/api/v1/stats")[0], 200)
        finally:
            for s in idle:
                s.close()
        self.assertEqual(server.ask("/api/v1/stats")[0], 200)

    def test_a_store_that_goes_and_comes(self):
        server = self.serve()
        self.assertEqual(server.ask("/api/v1/stats")[0], 200)
        for ending in ("", "-wal", "-shm"):
            if os.path.exists(self.store + ending):
                os.remove(self.store + ending)
        status, problem = server.json("/api/v1/stats")
        self.assertEqual((status, problem["status"]), (503, 503))
        self.assertIn("not there", server.lines())
        self.assertEqual(server.ask("/")[0], 200)
        self.write("one.txt")
        self.run_text("add", "one.txt")
        status, stats = server.json("/api/v1/stats")
        self.assertEqual((status, stats["documents"]), (200, 1))
        self.write("record.db", b"no database at all, " * 1000)
        os.utime(self.store)
        self.assertIn(server.ask("/api/v1/stats")[0], (200, 503))
        self.assertEqual(server.ask("/")[0], 200)

    def test_it_ends_when_told(self):
        server = self.serve("--allow-add")
        self.assertEqual(server.ask("/")[0], 200)
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
