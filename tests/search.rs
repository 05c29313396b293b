//! The command line's engine on the sample site: what it reads and finds, which the site's client
//! must read and find as well (`tests/search/agree.mjs`).

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tickbook::build::Book;
use tickbook::config::Config;
use tickbook::model::page_address::PageAddress;
use tickbook::model::translation::Translation;
use tickbook::search::engine::search;
use tickbook::search::known::Library;
use tickbook::search::place::best_place;
use tickbook::search::query::MOST_QUERY;
use tickbook::search::record::{Record, ordered};
use tickbook::search::terms::normal;
use tickbook::source::load;
use unicode_normalization::UnicodeNormalization;

/// Documents of an answer that are compared.
const COMPARED: usize = 5;

struct Sample {
    paths: Vec<String>,
    records: Vec<Record>,
    library: Library,
}

/// The documents of a project's languages, by the folder of their index.
fn samples(root: &Path) -> BTreeMap<String, Sample> {
    let config = Config::load(root).unwrap();
    let sources = load(&root.join(&config.content)).unwrap();
    let book = Book::read(&sources, &config).unwrap();
    let sample = |own: &Translation| {
        let pages = own.pages.iter();
        let pages = ordered(pages.map(|page| &book.site.pages[*page]));
        let records: Vec<Record> = pages
            .iter()
            .map(|page| Record::of(page, &config.components))
            .collect();
        let sample = Sample {
            paths: pages.iter().map(|page| page.path.clone()).collect(),
            library: Library::new(&records, &config.search),
            records,
        };
        (own.search_folder(), sample)
    };
    book.site.translations.iter().map(sample).collect()
}

fn sample() -> Sample {
    let mut samples = samples(Path::new(env!("CARGO_MANIFEST_DIR")));
    samples.remove("search").unwrap()
}

impl Sample {
    /// Path of a document with the place in it that the words lead to.
    fn place(&self, document: usize, words: &[String]) -> String {
        let anchor = best_place(&self.records[document].sections, words);
        let mark = if anchor.is_empty() { "" } else { "#" };
        format!("{}{mark}{anchor}", self.paths[document])
    }

    fn best(&self, query: &str) -> Option<&str> {
        let found = search(query, &self.library).found;
        found
            .first()
            .map(|found| self.paths[found.document].as_str())
    }
}

/// Answers to queries, a line each.
fn answers(sample: &Sample, queries: &str) -> Value {
    let answers = queries.lines().map(|query| {
        let answer = search(query, &sample.library);
        let found = answer.found.iter().take(COMPARED);
        let found: Vec<String> = found
            .map(|one| {
                let place = sample.place(one.document, &answer.words);
                format!("{place} {:.3}", one.score)
            })
            .collect();
        json!({ "query": query, "reading": answer.reading, "found": found, "total": answer.total() })
    });
    answers.collect()
}

/// Compares answers with those in a file of `tests/search`.
fn check_answers(file: &str, answers: &Value) {
    let text = serde_json::to_string_pretty(answers).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/search")
        .join(file);
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(&path, &text).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap();
    assert!(
        held == text,
        "tests/search/{file} has other answers; INSTA_UPDATE=always renews it"
    );
}

#[test]
fn answers_are_those_the_client_is_held_to() {
    let queries = include_str!("search/queries.txt");
    check_answers("answers.json", &answers(&sample(), queries));
}

#[test]
fn answers_in_each_language_are_those_the_client_is_held_to() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/languages");
    let queries = include_str!("search/languages.txt");
    let all = samples(&root).into_iter();
    let all = all.map(|(folder, sample)| (folder, answers(&sample, queries)));
    check_answers("languages.json", &all.collect());
}

#[test]
fn queries_find_their_page_however_they_are_typed() {
    let sample = sample();
    let check = |query: &str, expected: Option<&str>| {
        assert_eq!(sample.best(query), expected, "{query}");
    };
    let kakao = Some("channels/kakaopay.md");
    for query in [
        "카카오페이",
        "카카오페이를",
        "카카오페ㅇ",
        "zkzkdhvpdl",
        "ㅋㅋㅇㅍㅇ",
        "카카오패이",
        "kakaopay",
    ] {
        check(query, kakao);
    }
    for query in ["뷁쉛뷟", "xylophone", "ㅃㅉㄸㄲㅃㅉ", "qpwoeiru", ""] {
        check(query, None);
    }
}

#[test]
fn mistyped_latin_words_are_corrected() {
    let sample = sample();
    for (query, expected) in [("incis", "inicis"), ("KAKAOPYA", "kakaopay")] {
        assert_eq!(search(query, &sample.library).reading, expected);
    }
}

fn record(address: &str, title: &str, text: &str) -> Record {
    Record {
        address: PageAddress::parse(address),
        fields: [title, "", "", "", text].map(normal),
        sections: Vec::new(),
    }
}

#[test]
fn plurals_find_singulars_and_the_other_way_round() {
    let texts = ["Refund policies", "Supported currencies and a query"];
    let records = texts.map(|text| record(text, "", text));
    let library = Library::new(&records, &Config::defaults().search);
    for (query, expected) in [
        ("policy", Some(0)),
        ("policies", Some(0)),
        ("currency", Some(1)),
        ("currencies", Some(1)),
        ("query", Some(1)),
        ("queries", Some(1)),
        ("refund", Some(0)),
        ("polity", None),
    ] {
        let answer = search(query, &library);
        let found = answer.found.first().map(|found| found.document);
        assert_eq!(found, expected, "{query}");
    }
    let words = search("policy", &library).words;
    assert_eq!(words, ["policy", "policies"], "what pages are marked with");
}

#[test]
fn words_of_all_scripts_are_found() {
    let texts = [
        "決済方法を変更する",
        "如何设置支付方式",
        "決濟 취소를 신청합니다",
        "Résumé für Größe",
        "Способы оплаты",
        "การชำระเงิน",
        "कीमत",
        "ﾌﾟﾗﾝの料金",
    ];
    let address = |at: usize| format!("{at}.html");
    let records = texts.iter().enumerate();
    let records: Vec<Record> = records
        .map(|(at, text)| record(&address(at), "", text))
        .collect();
    let library = Library::new(&records, &Config::defaults().search);
    for (query, expected) in [
        ("決済", Some(0)),
        ("決済の方法", Some(0)),
        ("変更", Some(0)),
        ("支付", Some(1)),
        ("设置方式", Some(1)),
        ("決濟", Some(2)),
        ("決濟를", Some(2)),
        ("resume", Some(3)),
        ("RÉSUMÉ", Some(3)),
        ("résumé", Some(3)),
        ("grosse", Some(3)),
        ("größe", Some(3)),
        ("оплаты", Some(4)),
        ("оплат", Some(4)),
        ("ชำระเงิน", Some(5)),
        ("कीमत", Some(6)),
        ("プラン", Some(7)),
        ("東京", None),
        ("寿司", None),
        ("спасибо", None),
    ] {
        let found = search(query, &library).found;
        let found = found.first().map(|found| found.document);
        assert_eq!(found, expected, "{query}");
    }
}

/// Texts that queries of any length are made of: what is known, mistyped, initials, on the other keyboard, unknown.
const PIECES: [&str; 17] = [
    "決済方法を",
    "größe",
    "оплата ",
    "결제 ",
    "결제",
    "카카오패이 ",
    "결제취소를 어떻게 하나요 ",
    "가",
    "뷁 ",
    "ㄱㅈㅊㅅ",
    "ㄱㅈ a ",
    "rufwp ",
    "inicsi ",
    "a",
    "policies ",
    "ㅑㅜㅑ챤",
    "\u{1112}\u{1161}\u{11ab}",
];

#[test]
fn w6_a_query_is_read_up_to_its_limit() {
    let sample = sample();
    for piece in PIECES {
        let start: String = piece.chars().cycle().take(4 * MOST_QUERY).collect();
        let start: String = start.nfc().take(MOST_QUERY).collect();
        let expected = search(&start, &sample.library);
        let long = search(&piece.repeat(20_000), &sample.library);
        assert_eq!(long.reading, expected.reading, "{piece}");
        assert_eq!(long.found, expected.found, "{piece}");
    }
}

/// Time that this thread had the processor for, which does not grow when others have it.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = stat.split(' ').next().unwrap().parse().unwrap();
    Duration::from_nanos(nanoseconds)
}

/// Twice the query may take this many times as long; a quadratic search takes four times.
const LIMIT: f64 = 2.6;

/// Faster than this says nothing.
const NOISE: Duration = Duration::from_millis(20);

/// Measurements of each length, the least of which counts.
const ROUNDS: usize = 5;

#[test]
#[cfg(target_os = "linux")]
fn w6_twice_the_query_takes_about_twice_the_time_and_no_more_behind_the_limit() {
    let sample = sample();
    let time = |query: &str| {
        let measure = |_| {
            let start = processor_time();
            search(query, &sample.library);
            processor_time() - start
        };
        (0..ROUNDS).map(measure).min().unwrap()
    };
    for piece in PIECES {
        let query = |length: usize| piece.chars().cycle().take(length).collect::<String>();
        let mut before = time(&query(16));
        for length in [32, 64, 128, 2_000, 16_000] {
            let own = time(&query(length));
            let most = before.mul_f64(LIMIT).max(NOISE);
            assert!(
                own <= most,
                "{piece:?} × {length}: {own:?} after {before:?}"
            );
            before = own;
        }
    }
}

#[test]
fn pages_that_score_the_same_stand_as_on_the_site() {
    let records = [
        record("b.html", "가", "MID"),
        record("a.html", "나", "MID"),
        record("c.html", "MID", "다"),
        record("d.html", "라", "마"),
    ];
    let library = Library::new(&records, &Config::defaults().search);
    let found = search("mid", &library).found;
    let found: Vec<usize> = found.iter().map(|found| found.document).collect();
    assert_eq!(found, [2, 1, 0]);
}

#[test]
fn a_question_in_an_accordion_is_found_at_its_own_place() {
    let sample = sample();
    let check = |query: &str, expected: &str| {
        let answer = search(query, &sample.library);
        let best = answer
            .found
            .first()
            .map(|one| sample.place(one.document, &answer.words));
        assert_eq!(best.as_deref(), Some(expected), "{query}");
    };
    check(
        "과세설정은 꼭 해야 합니까?",
        "faq/questions.md#과세설정은-꼭-해야-합니까",
    );
    check(
        "채널 이름은 어떻게 정합니까?",
        "faq/questions.md#채널-이름은-어떻게-정합니까",
    );
}

/// Questions in words of their own, and where on the sample their answer is.
const QUESTIONS: [(&str, &str); 9] = [
    ("결제가 안돼요", "faq/questions.md"),
    ("결제가 안 돼요", "faq/questions.md"),
    ("결제가 안되요", "faq/questions.md"),
    ("결제안됨", "faq/questions.md"),
    ("가상계좌 환불은 어떻게 하나요?", "guide/cancel.md"),
    ("과세설정 꼭 해야 돼요?", "faq/questions.md"),
    ("공란에 값을 넣으면 어떻게 돼요?", "faq/questions.md"),
    ("카드사 심사는 얼마나 걸려요?", "guide/card-review.md"),
    ("키 파일은 어떻게 등록해요?", "guide/key-file.md"),
];

#[test]
fn questions_find_what_answers_them() {
    let sample = sample();
    let is_wrong = |(query, expected): &&(&str, &str)| sample.best(query) != Some(*expected);
    let wrong: Vec<_> = QUESTIONS.iter().filter(is_wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
