//! Characters that fonts lack: drawn, written out or taken from another font, and never a gap.

use crate::layout::{guide, print};
use crate::{has, text_of};

/// What is read off a sheet with this text, with a blank between words.
fn read(text: &str) -> String {
    let print = print(&guide(text, "- 이름 : 값"));
    let text = text_of(&tempfile::tempdir().unwrap(), &print.pdf);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn boxes_blocks_and_signs_are_printed_as_they_are() {
    if !has("pdftotext") {
        return;
    }
    for signs in [
        "┌─┐ │ └─┘ ╔═╗ ╚═╝",
        "█▓▒░ ▀▄ ▌▐",
        "⌘ ⌥ ⇧ ⌃ ↵ ← →",
        "α β ∑ ∫ √ ≤ ∞ ½ ℃",
        "①②③ ★☆ ■□▲△◆◇○●",
    ] {
        let text = read(signs);
        assert!(text.contains(signs), "{signs}: {text}");
    }
}

#[test]
fn what_pictographs_say_is_printed() {
    if !has("pdftotext") {
        return;
    }
    for (written, printed) in [
        ("🔴 장애 🟢 정상", "●(빨강) 장애 ●(초록) 정상"),
        ("1️⃣ 먼저 2️⃣ 다음", "① 먼저 ② 다음"),
        ("🇰🇷 한국 🇯🇵 일본", "[KR] 한국 [JP] 일본"),
        ("❌ 끄기 👉 여기", "✕ 끄기 → 여기"),
        ("가👨‍👩‍👧‍👦나 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "가 나"),
        ("\u{1112}\u{1161}\u{11ab}글 e\u{301}", "한글 é"),
    ] {
        let text = read(written);
        assert!(text.contains(printed), "{written}: {text}");
    }
}

#[test]
fn colours_are_in_the_language_of_the_sheet() {
    if !has("pdftotext") {
        return;
    }
    let steps = "1. Open **Settings** and click 🔴 **Restart**.\n2. Check the state.\n";
    let print = print(&format!("---\ntitle: Restart\nlang: en\n---\n\n{steps}"));
    let text = text_of(&tempfile::tempdir().unwrap(), &print.pdf);
    assert!(text.contains("●(red)"), "{text}");
}
