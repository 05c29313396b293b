//! D1–D3, R1: what is told and written is the same everywhere and starts nothing.

use std::fs;

use serde_json::Value;

use crate::place::Place;

/// Starts a command of the terminal, one of the runner that reads the log, and a line.
const INJECTION: &str = "\u{1b}]0;owned\u{7}\n::error::owned\n::set-output name=a::b\r";

/// A project that has [`INJECTION`] wherever a report may repeat it.
fn injected() -> Place {
    let escapes = INJECTION
        .replace('\u{1b}', "\\e")
        .replace('\u{7}', "\\a")
        .replace('\n', "\\n")
        .replace('\r', "\\r");
    let references = INJECTION
        .replace('\u{1b}', "&#27;")
        .replace('\u{7}', "&#7;")
        .replace('\n', "&#10;")
        .replace('\r', "&#13;");
    let text = format!(
        "---\ntitle: \"t{escapes}\"\nslug: \"s{escapes}\"\ntags: [\"g{escapes}\"]\n\"k{escapes}\": a\n---\n\
         [a](<javascript:{references}>) \u{1b}[31m::error::own\n::error::line\n\n\
         <Callout titel=\"{references}\" />\n\n![a](<../x{references}.png>)\n\n\
         ## A {references}\n\n### 테스트 연동\n\n#### 설정방법\n\n- 채널 이름 : {references}\n"
    );
    let place = Place::new();
    place.write_document("guide.md", text);
    place.write_document("\u{1b}[2J\n::error::name.md", "---\ntitle: n\n---\n<b>\n");
    place.write_document("\u{1b}[2J\n::error::bytes.md", b"\xff");
    place
}

#[test]
fn d1_reports_start_no_command() {
    let place = injected();
    for line in [
        "build book",
        "build book --verbose",
        "build book --check",
        "check book --level info",
        "check book --level info --format github",
        "check book --level info --format sarif",
        "check book --level info --format json",
        "list book",
        "search owned book",
        "print nothing --root book",
    ] {
        let answer = place.run(line);
        let said = format!("{}\n{}", answer.out, answer.err);
        let is_active = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!said.contains(is_active), "{line}: {said:?}");
        let starts = |text: &str| said.lines().any(|line| line.trim_start().starts_with(text));
        assert!(!starts("::set-output"), "{line}: {said}");
        if line.ends_with("github") {
            let command = |line: &str| line.starts_with("::") && line.contains(" file=");
            assert!(answer.out.lines().all(command), "{said}");
            assert!(!answer.out.is_empty());
        } else {
            assert!(!starts("::error::"), "{line}: {said}");
        }
        if line.ends_with("sarif") || line.ends_with("json") {
            let told: Value = serde_json::from_str(&answer.out).unwrap();
            assert!(told.to_string().contains("guide.md"));
        }
    }
}

#[test]
fn d2_workflow_gives_untrusted_changes_no_right() {
    let root = env!("CARGO_MANIFEST_DIR");
    let workflow = fs::read_to_string(format!("{root}/.github/workflows/ci.yml")).unwrap();
    let readme = fs::read_to_string(format!("{root}/README.md")).unwrap();
    let from = readme.find("# .github/workflows/guides.yml").unwrap();
    let to = readme[from..].find("```").unwrap();
    for text in [workflow.as_str(), &readme[from..from + to]] {
        let read: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        let rights = &read["permissions"];
        assert_eq!(rights.as_mapping().unwrap().len(), 1);
        assert_eq!(rights["contents"], "read");
        assert!(text.contains("pull_request") && !text.contains("pull_request_target"));
        assert!(
            !text.contains("secrets.") && !text.contains("id-token"),
            "{text}"
        );
        assert!(text.contains("persist-credentials: false"));
    }
}

/// `unshare` gives the program a network without any device, where that is allowed.
#[test]
fn d2_build_and_check_call_no_network() {
    let place = Place::new();
    place.write_document(
        "a.md",
        "---\ntitle: t\n---\n![a](https://a.example/a.png) <https://b.example>\n",
    );
    let is_allowed = place.shell("unshare -rn true").status().unwrap().success();
    if !is_allowed {
        eprintln!("unshare is not allowed here");
        return;
    }
    for line in ["build book", "check book --fail-on error"] {
        let line = format!("exec unshare -rn \"$TICKBOOK\" {line}");
        let output = place.shell(&line).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{line}: {said}");
    }
}

/// No crate that opens connections is linked; hyper, of the preview, only answers them.
#[test]
fn d2_no_crate_can_open_a_connection() {
    let lock = fs::read_to_string(format!("{}/Cargo.lock", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for name in [
        "reqwest",
        "hyper-tls",
        "hyper-rustls",
        "ureq",
        "curl",
        "native-tls",
        "rustls",
        "openssl",
    ] {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name}");
    }
}

#[test]
fn d3_hostile_text_leaves_the_data_whole() {
    let hostile = "</script><!--]]> \u{2028}\u{2029} \\ud800 \\ \" ' ` ${a} \u{feff}x";
    let yaml = hostile.replace('\'', "''");
    let text = format!(
        "---\ntitle: '{yaml}'\ntags: ['{yaml}']\ncategory: '{yaml}'\npgCompanies: ['{yaml}']\n---\n\
         ## {hostile}\n\n{hostile}\n\n### 테스트 연동\n\n#### 설정방법\n\n- 채널 이름 : {hostile}\n"
    );
    let place = Place::with(&[("hostile.md", &text)]);
    place.build();
    let json: Value = serde_json::from_str(&place.read("book/dist/site.json")).unwrap();
    assert!(
        json["pages"][0]["title"]
            .as_str()
            .unwrap()
            .contains("</script>")
    );
    let mut scripts = 0;
    for (path, (bytes, _)) in place.tree("book/dist/search") {
        if !path.ends_with(".js") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains(['\u{2028}', '\u{2029}']), "{path}");
        assert!(!text.contains("</script"), "{path}");
        let data = &text[text.find('(').unwrap() + 1..text.rfind(')').unwrap()];
        let list = format!("[{data}]");
        let read: Result<Value, _> = serde_json::from_str(&list);
        assert!(read.is_ok(), "{path}: {}: {text}", read.unwrap_err());
        scripts += 1;
    }
    assert!(scripts > 1, "{scripts}");
    let found = place.expect("search script book --json", 0);
    let found: Value = serde_json::from_str(&found.out).unwrap();
    assert!(found.to_string().contains("hostile"), "{found}");
}

const REPRODUCED: [(&str, &str); 5] = [
    (
        "index.md",
        "---\ntitle: 첫 화면\n---\n[안내](guides/a.md)\n",
    ),
    (
        "guides/a.md",
        "---\ntitle: 가\ntags: [나, 다]\ndatetime: 2024-03-07T15:00:00Z\n---\n\
      ## A\n### 테스트 연동\n#### 설정방법\n- 채널 이름 : a\n### 실 연동\n#### 설정방법\n- 비밀번호 : 발급\n",
    ),
    (
        "guides/b.md",
        "---\ntitle: 나\ntags: [다, 라]\naliases: [/old]\n---\n본문\n",
    ),
    (
        "guides/나.mdx",
        "---\ntitle: 다\ncategory: 가 > 나\n---\n<Callout title=\"참고\" content=\"a\" />\n",
    ),
    ("picture.svg", "<svg/>"),
];

#[test]
fn r1_builds_differ_in_nothing() {
    let build = |root: &str, settings: &str, is_reversed: bool| {
        let place = Place::new();
        place.remove("book/content/sound.md");
        place.write(
            &format!("{root}/tickbook.yaml"),
            "site: {url: 'https://a.example'}\n",
        );
        let mut documents = REPRODUCED.to_vec();
        if is_reversed {
            documents.reverse();
        }
        for (name, text) in documents {
            place.write(&format!("{root}/content/{name}"), text);
        }
        let line = format!("{settings} \"$TICKBOOK\" build '{root}'");
        let output = place.shell(&line).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let tree = place.tree(&format!("{root}/dist")).into_iter();
        let own = place.root().to_str().unwrap().to_string();
        let files: Vec<_> = tree.map(|(path, (bytes, _))| (path, bytes)).collect();
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(&own), "{path} holds the folder's name");
        }
        files
    };
    let first = build("one", "RAYON_NUM_THREADS=1 TZ=UTC LANG=C LC_ALL=C", false);
    let others = [
        (
            "an other 폴더",
            "RAYON_NUM_THREADS=8 TZ=Asia/Seoul LANG=ko_KR.UTF-8",
            true,
        ),
        ("one", "umask 077; HOME=/nowhere TZ=America/New_York", true),
        ("one", "SOURCE_DATE_EPOCH=0", false),
        ("one", "cd one; cd ..; USER=other HOSTNAME=elsewhere", false),
    ];
    for (root, settings, is_reversed) in others {
        let other = build(root, settings, is_reversed);
        let differing: Vec<_> = first.iter().zip(&other).filter(|(a, b)| a != b).collect();
        assert!(
            differing.is_empty() && first.len() == other.len(),
            "{settings}: {differing:?}"
        );
    }
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let host = host.trim();
    if host.len() > 5 {
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(host);
        assert!(first.iter().all(|(_, bytes)| !holds(bytes)), "{host}");
    }
}
