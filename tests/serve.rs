//! The live preview: what it answers, whom it answers, and that it shows what a build would make.
//! Tests are named after the rows of the threat list that they hold.
#![cfg(feature = "serve")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tickbook::build::{Book, emit, prepare_theme};
use tickbook::config::Config;
use tickbook::render::theme::Theme;
use tickbook::server::preview::{Change, Opened, Preview};
use tickbook::source::load;
use tickbook::strings::Strings;
use walkdir::WalkDir;

/// Edits of the property test.
const EDITS: usize = 500;

/// A running `tickbook serve`.
struct Server {
    child: Child,
    port: u16,
    lines: Receiver<String>,
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
        command
            .current_dir(folder)
            .args(["serve", "--lang", "en"])
            .args(arguments);
        let mut child = command
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let told = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || {
            told.lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let first = loop {
            let line: String = lines.recv_timeout(Duration::from_secs(20)).unwrap();
            if line.contains("http://") {
                break line;
            }
        };
        let port = first
            .rsplit_once("/ until")
            .unwrap()
            .0
            .rsplit_once(':')
            .unwrap()
            .1;
        Self {
            port: port.parse().unwrap(),
            child,
            lines,
        }
    }

    /// Sends bytes and reads the answer to its end; empty when the server hung up.
    fn send(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // A server that has read enough of a wrong request need not read the rest.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> String {
        let host = if headers.contains("Host:") {
            ""
        } else {
            "Host: localhost\r\n"
        };
        self.send(
            format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n")
                .as_bytes(),
        )
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, "")
    }

    /// Lines about changes: waits for the first, and then for some time for more.
    fn changes(&self, time: Duration) -> Vec<String> {
        let first = self.lines.recv_timeout(Duration::from_secs(30));
        first.into_iter().chain(self.more_changes(time)).collect()
    }

    /// Lines about changes within some time.
    fn more_changes(&self, time: Duration) -> Vec<String> {
        let end = Instant::now() + time;
        let next = || {
            self.lines
                .recv_timeout(end.saturating_duration_since(Instant::now()))
                .ok()
        };
        std::iter::from_fn(next).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn code(answer: &str) -> u16 {
    answer
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or_default()
}

fn new_project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    let command = command.current_dir(folder.path());
    assert!(
        command
            .args(["new", "guides", "--lang", "en", "--quiet"])
            .status()
            .unwrap()
            .success()
    );
    folder
}

/// Every path below a folder with its bytes and time.
fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let of = |entry: walkdir::DirEntry| {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        let time = entry.metadata().unwrap().modified().unwrap();
        (entry.into_path(), bytes, time)
    };
    entries.map(of).collect()
}

#[test]
fn pages_and_their_files_are_served() {
    let folder = new_project();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    let home = server.get("/");
    assert_eq!(code(&home), 200, "{home}");
    assert!(home.contains("data-page=\"index.html\""));
    let style = home
        .split("href=\"")
        .find(|rest| rest.contains(".css"))
        .unwrap();
    let style = style.split('"').next().unwrap();
    assert!(
        server
            .get(&format!("/{style}"))
            .contains("content-type: text/css")
    );
    assert_eq!(code(&server.get("/guides/example.html")), 200);
    assert_eq!(
        code(&server.get("/guides/example")),
        200,
        "the ending may be left out"
    );
    let folder_page = server.get("/checklists");
    assert_eq!(code(&folder_page), 302);
    assert!(
        folder_page.contains("location: /checklists/\r\n"),
        "{folder_page}"
    );
    let missing = server.get("/none.html");
    assert_eq!(code(&missing), 404);
    assert!(
        missing.contains("data-page=\"none.html\""),
        "it is read again once it is there"
    );
}

#[test]
fn s1_only_this_machine_is_answered_unless_asked() {
    let folder = new_project();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    assert_eq!(code(&server.get("/")), 200);
    // Every address 127.x.y.z is this machine's, so one that is not listened at refuses.
    assert!(TcpStream::connect(("127.0.0.2", server.port)).is_err());
    let open = Server::start(
        folder.path(),
        &["guides", "--port", "0", "--host", "0.0.0.0"],
    );
    assert!(TcpStream::connect(("127.0.0.2", open.port)).is_ok());
}

#[test]
fn s2_pages_of_other_sites_are_refused() {
    let folder = new_project();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    let events = "/_tickbook/events?page=index.html&mark=0";
    for path in ["/", "/_tickbook/preview.js", events] {
        assert_eq!(
            code(&server.ask("GET", path, "Host: evil.example\r\n")),
            403,
            "{path}"
        );
        assert_eq!(
            code(&server.ask("GET", path, "Origin: http://evil.example\r\n")),
            403,
            "{path}"
        );
        assert_eq!(
            code(&server.ask("POST", path, "Content-Length: 0\r\n")),
            405,
            "{path}"
        );
    }
    let answer = server.get("/").to_lowercase();
    assert!(!answer.contains("access-control-allow-origin"));
}

/// What a browser says of a request that a page makes.
fn fetch(site: &str, mode: &str, destination: &str) -> String {
    format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {destination}\r\n")
}

#[test]
fn s6_pages_of_other_sites_load_nothing() {
    let folder = new_project();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    let index = "/search/index.js";
    assert!(server.get(index).contains("tickbookSearch("));
    for path in ["/", index, "/_tickbook/preview.js", "/none.html"] {
        for site in ["cross-site", "same-site", "sideways", ""] {
            for [mode, destination] in [
                ["no-cors", "script"],
                ["no-cors", "image"],
                ["no-cors", "style"],
                ["cors", "empty"],
                ["navigate", "iframe"],
                ["navigate", "object"],
            ] {
                let answer = server.ask("GET", path, &fetch(site, mode, destination));
                assert_eq!(code(&answer), 403, "{path} {site} {mode} {destination}");
                assert!(answer.ends_with("\r\n\r\n"), "{path}: {answer}");
            }
        }
        let own = server.ask("GET", path, &fetch("same-origin", "no-cors", "script"));
        let typed = server.ask("GET", path, &fetch("none", "navigate", "document"));
        let followed = server.ask("GET", path, &fetch("cross-site", "navigate", "document"));
        for answer in [own, typed, followed] {
            assert_eq!(code(&answer), code(&server.get(path)), "{path}: {answer}");
        }
    }
}

#[test]
fn s6_every_answer_is_for_the_site_alone() {
    let folder = new_project();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    let answers = [
        (200, server.get("/")),
        (200, server.get("/search/index.js")),
        (302, server.get("/checklists")),
        (400, server.get("/%ff")),
        (403, server.ask("GET", "/", "Host: evil.example\r\n")),
        (404, server.get("/none.png")),
        (405, server.ask("POST", "/", "Content-Length: 0\r\n")),
    ];
    for (expected, answer) in answers {
        assert_eq!(code(&answer), expected, "{answer}");
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        for header in [
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "content-security-policy: frame-ancestors 'none'",
            "x-frame-options: deny",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert_eq!(head.matches(header).count(), 1, "{header}: {head}");
        }
        assert!(!head.contains("access-control-"), "{head}");
    }
}

#[test]
fn s3_paths_are_keys_and_no_paths() {
    let folder = new_project();
    fs::write(folder.path().join("secret.txt"), "canary").unwrap();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    let long = format!("/{}", "a".repeat(1 << 20));
    for path in [
        "/../../etc/passwd",
        "/../secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/a%00b",
        "/%ff",
        "/tickbook.yaml",
        &long,
    ] {
        let answer = server.get(path);
        let short = &path[..path.len().min(40)];
        assert!(
            matches!(code(&answer), 0 | 400 | 404 | 414 | 431),
            "{short}: {}",
            code(&answer)
        );
        assert!(
            !answer.contains("canary") && !answer.contains("root:"),
            "{short}"
        );
    }
    for bytes in [
        &b"\0\0\0"[..],
        b"GET",
        b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(bytes).unwrap();
    }
    assert_eq!(code(&server.get("/")), 200, "it is still there");
}

#[test]
fn s4_each_save_is_read_once_and_nothing_else_is() {
    let folder = new_project();
    let content = folder.path().join("guides/content");
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    // A file that is half written while the watch begins would be read twice.
    thread::sleep(Duration::from_secs(2));
    let (second, five) = (Duration::from_secs(1), Duration::from_secs(5));
    let page = content.join("index.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{text}\nNew words.\n")).unwrap();
    assert_eq!(server.changes(five).len(), 1, "one save");
    assert!(server.get("/").contains("New words."));
    fs::write(&page, format!("{text}\nNew words.\n")).unwrap();
    fs::File::open(&page)
        .unwrap()
        .set_modified(std::time::SystemTime::now())
        .unwrap();
    for name in [
        ".index.md.swp",
        "index.md~",
        "4913",
        "#index.md#",
        ".#index.md",
    ] {
        fs::write(content.join(name), "x").unwrap();
        fs::remove_file(content.join(name)).unwrap();
    }
    assert_eq!(
        server.more_changes(second),
        Vec::<String>::new(),
        "nothing changed"
    );
    // As an editor does that writes another file and gives it the name.
    fs::write(content.join(".index.md.new"), &text).unwrap();
    fs::rename(content.join(".index.md.new"), &page).unwrap();
    assert_eq!(server.changes(second).len(), 1, "one save by a new file");
    for number in 0..300 {
        let hidden = content.join(format!(".page-{number}.md.abc"));
        fs::write(&hidden, "# Page").unwrap();
        fs::rename(&hidden, content.join(format!("page-{number}.md"))).unwrap();
        thread::sleep(Duration::from_millis(1));
    }
    let told = server.changes(five);
    assert!((1..=3).contains(&told.len()), "a copied folder: {told:?}");
    assert_eq!(code(&server.get("/page-299.html")), 200);
}

#[test]
fn changes_are_seen_where_the_system_tells_of_none() {
    let folder = new_project();
    let server = Server::start(folder.path(), &["guides", "--port", "0", "--poll"]);
    let page = folder.path().join("guides/content/index.md");
    // By another name, for a look at the moment between an empty file and a full one sees two changes.
    let new = folder.path().join("guides/content/.index.md.new");
    fs::write(&new, "# Start\n\nPolled words.").unwrap();
    fs::rename(&new, &page).unwrap();
    assert_eq!(server.changes(Duration::from_secs(3)).len(), 1);
    assert!(server.get("/").contains("Polled words."));
}

#[test]
fn s5_script_of_the_preview_is_in_no_build() {
    let folder = new_project();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    let command = command
        .current_dir(folder.path())
        .args(["build", "guides", "--quiet"]);
    assert!(command.status().unwrap().success());
    for (path, bytes, _) in listing(&folder.path().join("guides/dist")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("EventSource") && !text.contains("_tickbook/"),
            "{path:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn o4_serving_changes_no_file() {
    let folder = new_project();
    let before = listing(folder.path());
    let mut server = Server::start(folder.path(), &["guides", "--port", "0"]);
    assert_eq!(code(&server.get("/")), 200);
    let id = server.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(
        server.child.wait().unwrap().success(),
        "Ctrl-C is the usual end"
    );
    assert_eq!(listing(folder.path()), before);
}

/// Reads events of an open page up to the first that asks for a reload.
fn wait_for_reload(stream: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    while stream.read_line(&mut line).ok()? > 0 {
        if line.contains("\"reload\":true") {
            return Some(line);
        }
        line.clear();
    }
    None
}

fn mark(page: &str) -> &str {
    page.split("data-mark=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
}

#[test]
fn open_pages_are_reported_of_their_own_changes_only() {
    let folder = new_project();
    let content = folder.path().join("guides/content");
    fs::write(content.join("a.md"), "# A\n\nOld.").unwrap();
    fs::write(content.join("b.md"), "# B\n\nOld.").unwrap();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    let page = server.get("/a.html");
    let mut stream = server.connect();
    let path = format!("/_tickbook/events?page=a.html&mark={}", mark(&page));
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut events = BufReader::new(stream);
    fs::write(content.join("b.md"), "# B\n\nNew.").unwrap();
    assert_eq!(server.changes(Duration::from_secs(1)).len(), 1);
    assert_eq!(mark(&server.get("/a.html")), mark(&page), "it is as it was");
    fs::write(content.join("a.md"), "# A\n\nNew.").unwrap();
    let told = wait_for_reload(&mut events).expect("the page is told");
    assert!(told.contains("\"failure\":null"), "{told}");
    assert!(server.get("/a.html").contains("New."));
}

#[test]
fn one_bad_document_does_not_hide_the_others() {
    let folder = new_project();
    let content = folder.path().join("guides/content");
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    fs::write(content.join("bad.md"), "---\ntitle: a: b\n---\n# Bad").unwrap();
    fs::write(content.join("worse.md"), b"# \xb0\xa1").unwrap();
    server.changes(Duration::from_secs(1));
    assert_eq!(code(&server.get("/guides/example.html")), 200);
    assert_eq!(code(&server.get("/bad.html")), 200);
    // A project that cannot be read leaves what was read, and says why.
    fs::write(folder.path().join("guides/tickbook.yaml"), "site: [").unwrap();
    server.changes(Duration::from_secs(1));
    let page = server.get("/guides/example.html");
    assert_eq!(code(&page), 200);
    let mut stream = server.connect();
    write!(stream, "GET /_tickbook/events?page=guides/example.html&mark={} HTTP/1.1\r\nHost: localhost\r\n\r\n", mark(&page)).unwrap();
    let mut events = BufReader::new(stream).lines().map_while(Result::ok);
    let told = events.find(|line| line.starts_with("data:")).unwrap();
    assert!(told.contains("tickbook.yaml"), "{told}");
    fs::write(folder.path().join("guides/tickbook.yaml"), "lang: en").unwrap();
    let told = events.find(|line| line.starts_with("data:") && line.contains("\"failure\":null"));
    assert!(told.is_some());
}

#[test]
fn document_that_becomes_a_draft_leaves_the_preview() {
    let folder = new_project();
    let file = folder.path().join("guides/content/a.md");
    fs::write(&file, "---\ntitle: A\n---\nText").unwrap();
    let server = Server::start(folder.path(), &["guides", "--port", "0"]);
    assert_eq!(code(&server.get("/a.html")), 200);
    fs::write(&file, "---\ntitle: A\ndraft: true\n---\nText").unwrap();
    server.changes(Duration::from_secs(1));
    assert_eq!(code(&server.get("/a.html")), 404);
    fs::write(&file, "---\ntitle: A\ndraft: false\n---\nText").unwrap();
    server.changes(Duration::from_secs(1));
    assert_eq!(code(&server.get("/a.html")), 200);
}

/// A project opened as the command line would, without one.
fn open(folder: &Path) -> Opened {
    let (config, sources) = (Config::defaults(), load(folder).unwrap());
    let strings = Strings::load(config.lang);
    let mut book = Book::read(&sources, &config).unwrap();
    book.mark_wrong_values(&sources, &config).unwrap();
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, &sources, &config, &strings);
    Opened {
        folder: folder.to_path_buf(),
        others: Vec::new(),
        config,
        strings,
        sources,
        book,
        theme,
        today: None,
    }
}

/// All artifacts and findings of a clean build.
fn built(folder: &Path) -> (BTreeMap<String, Vec<u8>>, String) {
    let opened = open(folder);
    let Opened {
        sources,
        config,
        theme,
        strings,
        book,
        ..
    } = &opened;
    let made = std::sync::Mutex::new(BTreeMap::new());
    emit(
        &book.view(sources, config, theme, strings),
        &[],
        &|artifact| {
            let bytes = match artifact.content {
                tickbook::output::ArtifactContent::Bytes(bytes) => bytes,
                tickbook::output::ArtifactContent::Copy(file) => file.read().unwrap(),
            };
            made.lock().unwrap().insert(artifact.path, bytes);
            Ok(())
        },
    )
    .unwrap();
    (
        made.into_inner().unwrap(),
        format!("{:?}", book.diagnostics),
    )
}

/// Numbers that are the same in every run, by Knuth's generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Pieces that edits are made of: they change titles, categories, links, guides and addresses.
const PIECES: [&str; 16] = [
    "---\ntitle: 하나\ncategory: 가 > 나\ntags: [결제]\n---\n",
    "---\ntitle: 둘\ncategory: 다\nslug: other\n---\n",
    "---\ntitle: 셋\naliases: [old/way]\npgCompanies: [inicis]\n---\n",
    "---\ntitle: 가: 나\n---\n",
    "## <Highlight text=\"결제창\" />\n\n",
    "### 테스트 연동\n\n",
    "### 실 연동\n\n",
    "설정경로 : [콘솔](https://example.com) > 결제 연동\n\n",
    "- 채널 이름 : `test`\n- PG상점아이디 : 발급받은 값\n\n",
    "[다른 문서](page-1.md) [없는 곳](none.md#x)\n\n",
    "[위험](javascript:alert(1)) ![그림](images/a.png)\n\n",
    "<Callout title=\"⚠️ 주의\" content=\"먼저 계약합니다\" />\n\n",
    "| a | b |\n| - | - |\n| 가 | 나 |\n\n",
    "# 제목\n\n본문입니다. 정기결제를 씁니다.\n\n",
    "[설정](#테스트-연동)\n\n",
    "\u{feff}",
];

fn text(numbers: &mut Numbers) -> String {
    let count = 1 + numbers.below(8);
    (0..count)
        .map(|_| PIECES[numbers.below(PIECES.len())])
        .collect()
}

/// The head of an image, whose width stands on each page that shows it.
fn gif(width: u8) -> [u8; 13] {
    let mut head = *b"GIF89a\0\0\x10\0\0\0\0";
    head[6] = width;
    head
}

/// Changes a random file and tells its path.
fn edit(folder: &Path, numbers: &mut Numbers) -> BTreeSet<PathBuf> {
    let page = |number: usize| {
        let part = if number.is_multiple_of(3) {
            "part/"
        } else {
            ""
        };
        folder.join(format!("{part}page-{number}.md"))
    };
    let file = page(numbers.below(9));
    match numbers.below(12) {
        0 => _ = fs::remove_file(&file),
        1 => {
            let new = page(numbers.below(9));
            let _ = fs::rename(&file, &new);
            return BTreeSet::from([file, new]);
        }
        2 => {
            let image = folder.join("images/a.png");
            fs::write(&image, gif(u8::try_from(numbers.below(256)).unwrap())).unwrap();
            return BTreeSet::from([image]);
        }
        3 => fs::write(&file, b"\xb0\xa1").unwrap(),
        _ => fs::write(&file, text(numbers)).unwrap(),
    }
    BTreeSet::from([file])
}

#[test]
fn preview_reports_a_file_at_the_place_of_an_artifact() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    fs::write(root.join("a.md"), "# A").unwrap();
    let at = root.clone();
    let mut preview = Preview::new(Box::new(move || Ok(open(&at)))).unwrap();
    let style = preview.view().theme.file("style.css").to_string();
    fs::create_dir(root.join("assets")).unwrap();
    for path in [style.as_str(), "a.html", "site.json"] {
        fs::write(root.join(path), "own").unwrap();
        preview.update(&BTreeSet::from([root.join(path)]));
        let found = preview.findings("index.html").into_iter();
        let paths: Vec<_> = found
            .map(|found| (found.rule, found.location.path))
            .collect();
        assert_eq!(paths, [("output-collision".to_string(), path.to_string())]);
        fs::remove_file(root.join(path)).unwrap();
    }
}

#[test]
fn preview_shows_what_a_clean_build_makes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    for part in ["part", "images"] {
        fs::create_dir(root.join(part)).unwrap();
    }
    fs::write(root.join("page-1.md"), "# 하나").unwrap();
    let at = root.clone();
    let mut preview = Preview::new(Box::new(move || Ok(open(&at)))).unwrap();
    let (mut numbers, mut documents) = (Numbers(1), 0);
    for number in 0..EDITS {
        let change = preview.update(&edit(&root, &mut numbers));
        documents += usize::from(change == Change::Documents);
        assert_eq!(preview.failure(), None);
        let (artifacts, findings) = built(&root);
        assert_eq!(
            format!("{:?}", preview.diagnostics()),
            findings,
            "after edit {number}"
        );
        // A file of two documents is no build at all, and either may be shown.
        if findings.contains("output-collision") {
            continue;
        }
        for (path, bytes) in artifacts {
            let shown = preview.file(&path).unwrap();
            let shown = shown.unwrap_or_else(|| panic!("{path} is missing after edit {number}"));
            let is_same = *shown == bytes;
            assert!(is_same, "{path} after edit {number}: {change:?}");
        }
    }
    assert!(
        documents > EDITS / 3,
        "most edits are of one document: {documents}"
    );
}
