//! Shapes of content that once cost, or may cost, the square of their size.

use tickbook::config::DEFAULT_PRESET;

use crate::dialects::{MARKDOWN, MDX};

/// Bytes of the texts that are compared; each is twice the one before.
pub const SIZES: [usize; 3] = [3 << 10, 6 << 10, 12 << 10];

/// Paths and texts of documents.
pub type Documents = Vec<(String, String)>;

/// A kind of content that can be made in any size.
pub struct Shape {
    pub name: &'static str,
    /// Preset of its documents, which decides their dialect.
    pub preset: &'static str,
    /// By how much its texts are smaller than [`SIZES`]: there are more shapes of other dialects than
    /// of the program's own, and what all dialects have in common is measured in that one.
    pub part: usize,
    /// Makes documents of about so many bytes together.
    pub make: fn(usize) -> Documents,
}

const fn shape(name: &'static str, make: fn(usize) -> Documents) -> Shape {
    Shape {
        name,
        preset: DEFAULT_PRESET,
        part: 1,
        make,
    }
}

impl Shape {
    /// Bytes of its texts.
    pub fn sizes(&self) -> [usize; SIZES.len()] {
        SIZES.map(|size| size / self.part)
    }
}

/// Every shape, of every dialect.
pub fn all() -> impl Iterator<Item = &'static Shape> {
    SHAPES.iter().chain(MDX).chain(MARKDOWN)
}

/// Shapes of the dialect `help`. In a name, `guide` is a document that is read as a procedure.
const SHAPES: &[Shape] = &[
    // One line without an end.
    shape("word", |n| prose(fill("가", n))),
    shape("latin word", |n| prose(fill("shopKey_", n))),
    shape("digits", |n| prose(fill("1", n))),
    shape("blanks", |n| prose(format!("가{}나", fill(" ", n)))),
    shape("blank lines", |n| prose(fill("                    \n", n))),
    shape("opening brackets", |n| prose(fill("(", n))),
    shape("closing brackets", |n| prose(fill(")", n))),
    shape("square brackets", |n| prose(fill("[가](", n))),
    shape("double spaces", |n| prose(fill("가  나  ", n))),
    shape("jamo", |n| prose(fill("가ㅏ ㅣ 나ㄴ ", n))),
    shape("decomposed", |n| {
        prose(fill("\u{1112}\u{1161}\u{11ab} ", n))
    }),
    shape("zero-width", |n| prose(fill("가\u{200b}나\u{200d}다", n))),
    shape("times", |n| prose(fill("10:20분 ", n))),
    shape("commas", |n| prose(fill("하며,가,나", n))),
    shape("periods", |n| prose(fill("니다.가..나!!", n))),
    shape("particles", |n| prose(fill("정보을 API을(를) ", n))),
    shape("repeated words", |n| prose(fill("정보 ", n))),
    shape("terms", |n| prose(fill("키파일 키 파일 PG사PG 사", n))),
    shape("misspellings", |n| prose(fill("메세지컨텐츠 ", n))),
    shape("separators", |n| prose(fill("가 > 나>다 l 라 - ", n))),
    shape("references", |n| prose(fill("&amp;가  나&nbsp;", n))),
    shape("escapes", |n| prose(fill("\\*가  나,, ", n))),
    shape("bold", |n| prose(fill("**가**  나 ", n))),
    shape("bold in words", |n| prose(fill("가**나(다)**을 ", n))),
    shape("code", |n| prose(fill("`가  나`  ", n))),
    shape("coloured code", |n| {
        prose(format!(
            "```js {{1,3-4}}\n{}```\n",
            fill("call('가', a.b[1]) // c\n", n)
        ))
    }),
    shape("code that opens strings", |n| {
        prose(format!("```html title=\"a\"\n{}```\n", fill("<a b='\n", n)))
    }),
    shape("inline tags", |n| {
        prose(fill("<Tag text=\"가  나\" /> ", n))
    }),
    shape("highlights", |n| {
        prose(fill("<Highlight text=\"가\" url=\"#나\" /> ", n))
    }),
    shape("secrets", |n| prose(fill("password: abc123 ", n))),
    shape("signed tokens", |n| {
        prose(fill("eyJ-sk_live_0123456789abcdef-", n))
    }),
    shape("identifiers", |n| {
        prose(counted(n, |i| format!("shopKey{} ", letters(i))))
    }),
    shape("different words", |n| {
        prose(counted(n, |i| {
            format!("{}정보{} ", hangul(i), hangul(i * 7))
        }))
    }),
    // Attributes.
    shape("attribute", |n| {
        prose(format!("<Callout title=\"{}\" />", fill("가  나 ", n)))
    }),
    shape("block attribute", |n| {
        prose(format!("<Callout content=\"{}\" />", fill("- 가  나\n", n)))
    }),
    shape("padded attributes", |n| {
        prose(fill("<Callout title=\" 가 \" icon=\"\" />\n\n", n))
    }),
    shape("notices in a line", |n| {
        prose(fill("<Callout title=\"가\" content=\"나\" /> ", n))
    }),
    // Comments.
    shape("allows", |n| {
        prose(fill(
            "<!-- tickbook allow double-space: 가 -->\n가  나\n\n",
            n,
        ))
    }),
    shape("allows in a pile", |n| {
        prose(fill("<!-- tickbook allow double-space: 가 -->\n", n) + "\n가  나\n")
    }),
    shape("allows in a line", |n| {
        prose(fill("가  나 <!-- tickbook allow double-space: 가 --> ", n))
    }),
    // Headings.
    shape("closed headings", |n| {
        prose(format!("# 가 {}", fill("#", n)))
    }),
    shape("many closed headings", |n| {
        prose(fill("## 가  나 ####\n", n))
    }),
    shape("underlined headings", |n| prose(fill("가\n---\n", n))),
    shape("deep headings", |n| {
        prose(fill("## 가\n### 가\n#### 가\n##### 가\n###### 가\n", n))
    }),
    shape("equal headings", |n| prose(fill("## 가\n", n))),
    shape("empty headings", |n| prose(fill("##\n", n))),
    shape("bold headings", |n| {
        prose(fill("## **가** **나**\n\n**가나**\n\n", n))
    }),
    // Blocks.
    shape("paragraphs", |n| prose(fill("가  나을 다,, 라\n\n", n))),
    shape("lines of windows", |n| prose(fill("가  나 \r\n", n))),
    shape("lists", |n| {
        prose(fill("- 가: 나  다\n\n\n\n* 라 : 마\n\n", n))
    }),
    shape("items", |n| prose(fill("- 라벨 : 값  값\n", n))),
    shape("nested items", |n| {
        prose(fill("- 가\n  - 나\n    - 다 : 라\n", n))
    }),
    shape("numbers", |n| prose(fill("1, 가\n2. 나\n", n))),
    shape("equal values", |n| {
        prose(fill(&format!("- 가: {}\n", "값".repeat(26)), n))
    }),
    shape("table", |n| {
        prose("|가|나|\n|-|-|\n".to_string() + &fill("|다  라|ㅣ|\n", n))
    }),
    shape("quotes", |n| prose(fill("> 가  나\n\n", n))),
    shape("code blocks", |n| prose(fill("```\n가\n```\n\n", n))),
    shape("images", |n| prose(fill("![](a.png) ![가](b.png)\n\n", n))),
    // Links.
    shape("links", |n| {
        prose(fill("[글 ↗](https://example.com/a) ", n))
    }),
    shape("links to headings", |n| {
        prose("## 나\n\n".to_string() + &fill("[ 가](#0_다) ", n))
    }),
    shape("links and headings", |n| {
        prose(counted(n, |i| format!("[가](#{i}_가{i})\n\n## 가{i}\n\n")))
    }),
    shape("different targets", |n| {
        prose(counted(n, |i| format!("[글](https://example.com/{i}) ")))
    }),
    shape("promises", |n| {
        prose(fill("[](a) <Highlight text=\"보러가기\" /> ", n))
    }),
    // Frontmatter, which may hold 8 KiB.
    shape("frontmatter items", |n| {
        front(format!(
            "tags: [{}]",
            counted(in_front(n), |i| format!("가{i}, "))
        ))
    }),
    shape("equal frontmatter items", |n| {
        front(format!("tags:\n{}", fill("  - 가\n", in_front(n))))
    }),
    shape("frontmatter providers", |n| {
        front(format!(
            "pgCompanies: [{}]",
            counted(in_front(n), |i| format!("KG가{i}, "))
        ))
    }),
    shape("frontmatter keys", |n| {
        front(counted(in_front(n), |i| format!("key{i}: 가\n")))
    }),
    shape("frontmatter allows", |n| {
        front(fill("# tickbook allow stale-page: 가\n", in_front(n)))
    }),
    // Guides.
    shape("guide of scenarios", |n| {
        guide(counted(n, |i| {
            format!("## 결제{i}\n{TEST}- 가 : 나\n{LIVE}- 가 : 나\n")
        }))
    }),
    shape("guide of equal scenarios", |n| {
        guide(fill(&format!("## 결제\n{TEST}- 가 : 나\n"), n))
    }),
    shape("guide of modes and notices", |n| {
        let notices = fill("<Callout title=\"참고\" content=\"가\" />\n\n", n / 2);
        let modes = fill(&format!("{LIVE}- 가 : 나\n"), n / 2);
        guide(format!("## 결제\n{notices}{modes}"))
    }),
    shape("guide of unknown modes", |n| {
        let mode = |i| format!("### 방식{i}\n#### 설정방법\n- 가{i} : 나\n");
        guide(format!("## 결제\n{}", counted(n, mode)))
    }),
    shape("guide of fields", |n| {
        guide(format!("## 결제\n{LIVE}{}", fill("- 이름 : 값  값\n", n)))
    }),
    shape("guide of different fields", |n| {
        guide(format!(
            "## 결제\n{LIVE}{}",
            counted(n, |i| format!("- 이름{i} : `id_{i}`\n"))
        ))
    }),
    shape("guide of choices", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 이름 : 값\n{}",
            fill("  - V1 : `abc_1`\n", n)
        ))
    }),
    shape("guide of paths", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n#### 설정경로\n{}",
            fill("- 콘솔 > 채널관리 > 채널추가\n  - 결제모듈 : 가\n", n)
        ))
    }),
    shape("guide of steps", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n#### 설정경로\n- 콘솔{}\n",
            fill(" > 가", n)
        ))
    }),
    shape("guide of notices", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 가나다 : 나\n{}",
            fill(
                "\n<Callout title=\"주의\" content=\"가나다 확인\" icon=\"⚠️\" />\n",
                n
            )
        ))
    }),
    shape("guide of notices in a form", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 가나다 : 나\n{}- 라마바 : 나\n",
            fill(
                "\n<Callout title=\"주의\" content=\"가나다 오류\" />\n\n",
                n
            )
        ))
    }),
    shape("guide of fields and notices", |n| {
        let field = |i| {
            format!(
                "- 이름{i} : 발급받은 값\n\n<Callout title=\"주의\" content=\"이름{i} 오류\" />\n\n"
            )
        };
        guide(format!("## 결제\n{LIVE}{}", counted(n, field)))
    }),
    shape("guide of a callout with a long title", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 가나다 : 나\n\n<Callout title=\"{}\">\n\n{}\n</Callout>\n",
            fill("주의 ", n / 2),
            fill("- 가나다 오류\n", n / 2)
        ))
    }),
    shape("guide of lines in a callout", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 가나다 : 나\n\n<Callout title=\"주의\">\n\n{}\n</Callout>\n",
            fill("가나다를 확인해 주세요.\n", n)
        ))
    }),
    shape("guide of unfinished lines in a callout", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 가나다 : 나\n\n<Callout title=\"주의\">\n\n{}\n</Callout>\n",
            fill("가나다 값\n", n * 4)
        ))
    }),
    shape("guide of a sentence of orders", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n{}\n\n#### 설정방법\n- 가 : 나\n",
            fill("확인 해 주세요 ", n)
        ))
    }),
    shape("guide of a step of conditions", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n- {}\n\n#### 설정방법\n- 가 : {}\n",
            fill("설정 저장 하는 경우 실 결제 ", n / 2),
            fill("해외결제 경우에만 실제 출금 ", n / 2)
        ))
    }),
    shape("guide of sentences that order", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n{}\n\n#### 설정방법\n- 가 : 나\n",
            fill("실제 결제 후 확인 해 주세요. 참고 부탁드립니다. ", n)
        ))
    }),
    shape("guide of sections beside the modes", |n| {
        let beside = |i| format!("### 안내{i}\n결제 확인 해 주세요.\n");
        guide(format!("## 결제\n{LIVE}- 가 : 나\n{}", counted(n, beside)))
    }),
    shape("guide of sections behind the scenarios", |n| {
        let behind = |i| format!("## 안내{i}\n결제창 확인 해 주세요.\n");
        guide(format!(
            "## 결제창\n{LIVE}- 가 : 나\n## 수기\n{LIVE}- 가 : 나\n{}",
            counted(n, behind)
        ))
    }),
    // More scenarios than share a section, whatever the size.
    shape("guide of scenarios with a word in common", |n| {
        guide(counted(n * 2, |i| {
            format!("## 해외결제 방식{i}\n{TEST}- 가{i} : 나\n### 안내\n방식{i} 확인\n")
        }))
    }),
    shape("guide of nested fields", |n| {
        guide(format!(
            "## 결제\n{LIVE}{}",
            fill("- 가\n  - 나\n    - 다\n      - 라 : 마\n", n)
        ))
    }),
    shape("guide of deep lists", |n| {
        guide(format!("## 결제\n{LIVE}{}", fill(&deep_list("가"), n)))
    }),
    shape("guide of deep procedures", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n{}\n#### 설정방법\n- 가 : 나\n",
            fill(&deep_list("확인해 주세요."), n)
        ))
    }),
    shape("guide of a long heading", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 가 : 나\n### {}\n{}",
            fill("안내 ", n / 2),
            fill("- 확인해 주세요.\n", n / 2)
        ))
    }),
    shape("guide of a long lead", |n| {
        guide(format!(
            "## 결제\n### 실 연동\n아래 {} 하는 경우\n\n{}\n#### 설정방법\n- 가 : 나\n",
            fill("설정 ", n / 2),
            fill("- 확인해 주세요.\n", n / 2)
        ))
    }),
    shape("guide of a long prefix", |n| {
        guide(format!(
            "## 결제\n{LIVE}{}\n<Callout title=\"주의\" content=\"ABC로 시작하는 {}\" />\n",
            counted(n / 2, |i| format!("- 이름{i} : 발급받은 값\n")),
            fill("값 ", n / 2)
        ))
    }),
    shape("guide of digits", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 이름 : 발급받은 값 {}\n",
            fill("1", n)
        ))
    }),
    shape("guide of few scenarios and sections behind", |n| {
        let scenario = |i| format!("## 결제{i}\n{LIVE}- 가 : 나\n");
        let scenarios: String = (0..8).map(scenario).collect();
        guide(format!(
            "{scenarios}{}",
            fill("## 안내\n확인 해 주세요.\n", n)
        ))
    }),
    // More scenarios than a section after them is repeated in, whatever the size.
    shape("guide of scenarios and sections behind", |n| {
        let scenario = |i| format!("## 결제{i}\n{LIVE}- 가 : 나\n");
        let behind = fill("## 안내\n확인 해 주세요.\n", n);
        guide(format!("{}{behind}", counted(n, scenario)))
    }),
    shape("guide of modes and sections beside", |n| {
        let beside = fill("### 안내\n확인 해 주세요.\n", n / 2);
        let modes = fill(&format!("{LIVE}- 가 : 나\n"), n / 2);
        guide(format!("## 결제\n{modes}{beside}"))
    }),
    shape("guide of notices to a scenario", |n| {
        guide(format!(
            "## 결제\n{}{TEST}- 가 : 나\n{LIVE}- 가 : 나\n",
            fill("<Callout title=\"주의\" content=\"테스트 확인\" />\n\n", n)
        ))
    }),
    shape("guide of a long field", |n| {
        guide(format!("## 결제\n{LIVE}- 이름 : {}\n", fill("값 ", n)))
    }),
    shape("guide of a long label", |n| {
        guide(format!("## 결제\n{LIVE}- {} : 값\n", fill("이름 ", n)))
    }),
    shape("guide of notes", |n| {
        guide(format!(
            "## 결제\n{LIVE}- 이름 : 값\n{}",
            fill("\n  글  글\n", n)
        ))
    }),
    shape("guide of repeated labels", |n| {
        guide(format!("## 결제\n{LIVE}- {}값\n", fill("이름 : ", n)))
    }),
    // Sites.
    shape("documents", |n| {
        site(
            n,
            |i| format!("title: 제목{i}\ncategory: 분류\ntags: [가, 나{i}]"),
            "가  나",
        )
    }),
    shape("equal documents", |n| {
        site(
            n,
            |_| "title: 제목\ntags: [가]".to_string(),
            "[제목](a.md) 가나다라 마바사",
        )
    }),
    shape("sentences", |n| {
        prose(counted(n, |i| {
            format!(
                "결제 채널을 구분하기 위한 필수 설정값으로 {}값으로 설정합니다. ",
                hangul(i)
            )
        }))
    }),
    shape("linked documents", |n| {
        site(
            n,
            |i| format!("title: 제목{i}"),
            "[글](d1.md) [글](d2.md#가)",
        )
    }),
];

const TEST: &str = "### 테스트 연동\n#### 설정방법\n";
const LIVE: &str = "### 실 연동\n#### 설정방법\n";

pub fn fill(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

/// As many numbered pieces as fill so many bytes.
pub fn counted(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    // The length of all pieces is that of one in the middle, so that twice the bytes are twice
    // the pieces.
    let count = bytes / piece(500).len();
    (0..count).map(piece).collect()
}

/// A list of 20 levels, which the smallest size has room for.
fn deep_list(text: &str) -> String {
    let item = |level: usize| format!("{}- {text}\n", "  ".repeat(level));
    (0..20).map(item).collect::<String>() + "\n"
}

/// A different word of lower-case letters for every number.
fn letters(number: usize) -> String {
    let digit = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
    (0..3).map(digit).collect()
}

/// A different word of Hangul for every number.
fn hangul(number: usize) -> String {
    let syllable = |number: usize| char::from_u32(0xac00 + (number * 28 % 11_172) as u32);
    [number, number / 300 + 7]
        .into_iter()
        .filter_map(syllable)
        .collect()
}

/// So many bytes as a frontmatter may hold of the largest size, and in proportion of the others.
pub fn in_front(bytes: usize) -> usize {
    bytes * 5 / 8
}

pub fn prose(body: String) -> Documents {
    vec![document(
        "a",
        "title: 제목\ndatetime: 2020-01-02\nseo: {description: 글}",
        &body,
    )]
}

pub fn front(block: String) -> Documents {
    vec![document("a", &format!("title: 제목\n{block}"), "글")]
}

fn guide(body: String) -> Documents {
    vec![document(
        "a",
        "title: 제목\ndatetime: 2020-01-02\npgCompanies: [KG이니시스]",
        &body,
    )]
}

fn site(bytes: usize, block: impl Fn(usize) -> String, body: &str) -> Documents {
    let text = |i: usize| document(&format!("d{i}"), &block(i), body);
    let count = bytes / 160;
    (0..count).map(text).collect()
}

fn document(name: &str, block: &str, body: &str) -> (String, String) {
    (format!("{name}.md"), format!("---\n{block}\n---\n{body}\n"))
}
