//! V2, V3: secrets are never written, and a merchant's values go where they were sent only.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use scraper::Html;
use serde_json::Value;

use crate::place::{Place, select};

/// Stands for a value that must be seen nowhere but on the sheet.
const CANARY: &str = "canary7f3a";

/// Labels that name secrets, whatever the preset: by words that are hidden in others, that are written in other
/// letters, or that have something between them that cannot be seen.
const SECRETS: [&str; 67] = [
    "패스워드",
    "관리자 비번",
    "passwd",
    "Passphrase",
    "PIN",
    "PIN번호",
    "OTP",
    "Credentials",
    "Salt 값",
    "private-key",
    "PrivateKey",
    "private_key",
    "Recovery Codes",
    "인증서 비밀번호",
    "비밀번호가",
    "비밀키",
    "시크릿키",
    "ＡＰＩ Ｋｅｙ",
    "Pass\u{200b}word",
    "비밀\u{2060}번호",
    "Pass\u{ad}phrase",
    "api_key",
    "IV",
    "merchantPw",
    "API Secret",
    "REST API key",
    "signkey",
    "비밀번호",
    "API 키",
    "Access Token",
    "암호화 키",
    "시크릿",
    "MPIN",
    "인증번호",
    "인증 코드",
    "보안코드",
    "CVC",
    "CVV2",
    "상점 비밀 키",
    "접근 토큰",
    "access_token",
    "refreshToken",
    "Bearer",
    "Webhook Secret",
    "PAT",
    "Personal Access Token",
    "패스프레이즈",
    "パスワード",
    "暗証番号",
    "秘密鍵",
    "密码",
    "contraseña",
    "CONTRASEÑA DE ADMIN",
    "Mot de passe",
    "Passwort",
    "Kennwort",
    "пароль",
    "ПАРОЛЬ API",
    "TOTP",
    "p\u{430}ssword",
    "\u{420}IN",
    "\u{41e}\u{422}\u{420}",
    "\u{3a1}\u{399}\u{39d}",
    "\u{455}\u{435}cret",
    "AP\u{406} Key",
    "Keyword password",
    "API key word",
];

/// Labels that hold a secret's word in another one.
const PUBLIC: [&str; 25] = [
    "Client ID",
    "MID",
    "상점아이디",
    "PASS 인증",
    "인증 방식",
    "인증서 종류",
    "keyword",
    "키워드",
    "Monkey",
    "Passenger name",
    "Passport number",
    "Keyboard",
    "키오스크",
    "Pattern",
    "Path",
    "Compatibility",
    "Pinned note",
    "비교 번호",
    "보안 등급",
    "접근 권한",
    "Shipping",
    "Option",
    "Pinterest",
    "Basalt",
    "Native App",
];

fn place() -> Place {
    let secrets: String = SECRETS
        .iter()
        .chain(&PUBLIC)
        .map(|label| format!("- {label} : 발급받은 값\n"))
        .collect();
    let text = format!(
        "---\ntitle: 안내\n---\n## 카드\n\n### 테스트 연동\n\n#### 설정방법\n\n\
         - 채널 이름 : 원하는 이름\n{secrets}"
    );
    Place::with(&[("guide.md", &text)])
}

/// The fields of the first mode in `site.json`.
fn first_fields(json: &Value) -> Vec<&Value> {
    let items = &json["pages"][0]["guide"]["scenarios"][0]["modes"][0]["items"];
    let is_field = |item: &&Value| item["id"].as_str().unwrap().starts_with("fields/");
    items.as_array().unwrap().iter().filter(is_field).collect()
}

#[test]
fn v2_fields_named_after_secrets_are_secrets() {
    let place = place();
    place.build();
    let json: Value = serde_json::from_str(&place.read("book/dist/site.json")).unwrap();
    let mut secrets = 0;
    for field in first_fields(&json) {
        let is_secret = field["role"] == "enter-secret";
        let label = field["label"].as_str().unwrap();
        let named = ["채널 이름"].iter().chain(&PUBLIC);
        let is_public = named.into_iter().any(|public| *public == label);
        assert_eq!(is_secret, !is_public, "{label}: {field}");
        secrets += usize::from(is_secret);
    }
    assert_eq!(secrets, SECRETS.len());
}

#[test]
fn v4_a_list_of_the_project_replaces_no_secret() {
    let place = place();
    let fields = "fields: {secret: [lösung], secret_tokens: []}";
    for config in [
        format!("conventions: {{{fields}}}"),
        format!(
            "preset: none\nconventions: {{modes: [{{key: test, title: 테스트 연동, label: T, tone: test, \
             headings: [테스트 연동]}}], sections: {{path: [], fields: [설정방법]}}, {fields}}}"
        ),
    ] {
        place.write("book/tickbook.yaml", &config);
        place.build();
        let json: Value = serde_json::from_str(&place.read("book/dist/site.json")).unwrap();
        let fields = first_fields(&json).into_iter();
        let secrets = fields.filter(|field| field["role"] == "enter-secret");
        assert_eq!(secrets.count(), SECRETS.len(), "{config}");
    }
}

#[test]
fn v4_a_sheet_has_no_box_for_a_secret() {
    let place = place();
    for label in SECRETS {
        let config = format!("checklist: {{case_fields: [{{key: a, label: \"{label}\"}}]}}\n");
        place.write("book/tickbook.yaml", &config);
        let output = place
            .command(&["build", "book", "--lang", "en"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{label}: {said}");
        assert!(said.contains("names a secret"), "{said}");
    }
}

#[test]
fn v2_nothing_can_be_typed_or_copied_for_a_secret() {
    let place = place();
    let pages = place.build();
    let sheet = &pages["checklists/guide/카드-test.html"];
    let secrets = select(sheet, ".item").into_iter();
    let secrets = secrets.filter(|item| item.text().any(|text| SECRETS.contains(&text.trim())));
    let mut count = 0;
    for item in secrets {
        let html = Html::parse_fragment(&item.html());
        let typed = select(
            &html,
            "input:not([type=checkbox]), textarea, [contenteditable], .copy",
        );
        assert!(typed.is_empty(), "{}", item.html());
        assert!(
            select(&html, ".blank, .comb, .value, .sample").is_empty(),
            "{}",
            item.html()
        );
        count += 1;
    }
    assert_eq!(count, SECRETS.len());
    for input in select(sheet, "input:not([type=checkbox]):not([type=file])") {
        assert_eq!(input.attr("autocomplete"), Some("off"), "{}", input.html());
    }
}

#[test]
fn v2_value_for_a_secret_is_refused_and_not_repeated() {
    let place = place();
    for label in SECRETS {
        let pair = format!("{label}={CANARY}");
        let before = place.tree("");
        let arguments = [
            "print", "guide", "--root", "book", "--mode", "test", "--set", &pair, "-o", "a.html",
        ];
        let output = place.command(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{label}");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(said.contains(label) && !said.contains(CANARY), "{said}");
        let case = format!("guide: guide\nmode: test\nset: {{\"{label}\": {CANARY}}}\n");
        let (code, out, err) = print(&place, &case, "a.html");
        assert_eq!(code, Some(2), "{label}");
        assert!(err.contains(label) && ![out, err].concat().contains(CANARY));
        assert_eq!(place.tree(""), before, "{label}");
    }
}

#[test]
fn v2_labels_that_name_no_secret_take_a_value() {
    let place = place();
    let values = PUBLIC.map(|label| format!("\"{label}\": {CANARY}"));
    let case = format!("guide: guide\nmode: test\nset: {{{}}}\n", values.join(", "));
    let (code, _, err) = print(&place, &case, "a.html");
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(place.read("a.html").matches(CANARY).count(), PUBLIC.len());
}

/// Labels of secrets in two languages, for a project that has no list of its own.
const PLAIN_SECRETS: [&str; 34] = [
    "API key",
    "API secret",
    "Secret key",
    "Client secret",
    "Password",
    "Admin password",
    "Passphrase",
    "token",
    "Access token",
    "Refresh token",
    "Bearer token",
    "Private key",
    "Signing key",
    "Encryption key",
    "PIN",
    "OTP",
    "CVC",
    "Recovery code",
    "IV",
    "비밀번호",
    "관리자 비밀번호",
    "패스워드",
    "API 키",
    "시크릿 키",
    "비밀키",
    "개인키",
    "서명키",
    "암호화 키",
    "토큰",
    "접근 토큰",
    "인증키",
    "인증번호",
    "보안코드",
    "핀번호",
];

const PLAIN_CONFIG: &str = "\
preset: none
conventions:
  modes: [{key: test, title: Test, label: T, tone: test, headings: [Test]}]
  sections: {path: [], fields: [Settings]}
checklist:
  case_fields: [{key: shop, label: Shop, shared: true}]
";

#[test]
fn v2_without_a_preset_labels_of_secrets_take_no_value() {
    let labels = PLAIN_SECRETS.map(|label| format!("- {label} : the issued value\n"));
    let text = format!(
        "---\ntitle: Guide\n---\n## Card\n\n### Test\n\n#### Settings\n\n{}",
        labels.concat()
    );
    let place = Place::with(&[("guide.md", &text)]);
    for lang in ["en", "ko"] {
        place.write(
            "book/tickbook.yaml",
            format!("lang: {lang}\n{PLAIN_CONFIG}"),
        );
        no_place_for_values(&place);
        for label in PLAIN_SECRETS {
            refuses_value(&place, label);
        }
    }
    assert!(!place.path("a.html").exists());
}

/// A page takes values from a shared link into its inputs alone.
fn no_place_for_values(place: &Place) {
    let pages = place.build();
    let sheet = &pages["checklists/guide/card-test.html"];
    let inputs = select(sheet, "[data-case]");
    let keys: Vec<_> = inputs.iter().map(|input| input.attr("data-case")).collect();
    assert_eq!(keys, [Some("shop")]);
    let items = select(sheet, ".item.role-enter-secret");
    assert_eq!(items.len(), PLAIN_SECRETS.len());
    for item in items {
        let html = Html::parse_fragment(&item.html());
        let typed =
            "input:not([type=checkbox]), textarea, [contenteditable], .copy, .given, .blank";
        assert!(select(&html, typed).is_empty(), "{}", item.html());
    }
}

/// Neither `--set` nor a case file fills in a label, and neither answer repeats the value.
fn refuses_value(place: &Place, label: &str) {
    let pair = format!("{label}={CANARY}");
    let arguments = [
        "print", "guide", "--root", "book", "--mode", "test", "--set", &pair, "-o", "a.html",
    ];
    let output = place.command(&arguments).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{label}: {said}");
    assert!(said.contains(label) && !said.contains(CANARY), "{said}");
    let case = format!("guide: guide\nmode: test\nset: {{\"{label}\": {CANARY}}}\n");
    let (code, out, err) = print(place, &case, "a.html");
    assert_eq!(code, Some(2), "{label}: {err}");
    assert!(err.contains(label) && ![out, err].concat().contains(CANARY));
}

#[test]
fn v2_value_that_looks_like_a_secret_is_refused_and_not_repeated() {
    let place = place();
    for (value, reason) in [
        ("4111 1111 1111 1111", "looks like a card number"),
        ("4111-1111-1111-1111", "looks like a card number"),
        ("5555555555554444", "looks like a card number"),
        ("sk_live_51H8abcdEFGH1234", "looks like a key or a password"),
        (
            "-----BEGIN PRIVATE KEY-----",
            "looks like a key or a password",
        ),
        (
            "9c1185a5c5e9fc54612808977ee8f548b2258d31",
            "looks like a key or a password",
        ),
        ("비밀번호: hunter2", "looks like a key or a password"),
    ] {
        for label in ["채널 이름", "MID"] {
            let case = format!("guide: guide\nmode: test\nset: {{{label}: \"{value}\"}}\n");
            let (code, out, err) = print(&place, &case, "a.html");
            assert_eq!((code, out.as_str()), (Some(2), ""), "{value}: {err}");
            assert!(err.contains(label) && err.contains(reason), "{err}");
            assert!(
                !err.contains(value) && !place.path("a.html").exists(),
                "{err}"
            );
        }
    }
    for value in [
        "INIpayTest",
        "iamport00m",
        "7WBB3CKT63FRG",
        "T5102001",
        "상점 A",
        "2026-03-01",
        "010-1234-5678",
    ] {
        let case = format!("guide: guide\nmode: test\nset: {{채널 이름: \"{value}\"}}\n");
        let (code, _, err) = print(&place, &case, "a.html");
        assert_eq!(code, Some(0), "{value}: {err}");
        assert!(place.read("a.html").contains(value), "{value}");
    }
}

/// Prints with a case given on standard input.
fn print(place: &Place, case: &str, output: &str) -> (Option<i32>, String, String) {
    let arguments = ["print", "--root", "book", "--case", "-", "--force", "-o"];
    let mut command = place.command(&[arguments.as_slice(), &[output]].concat());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running
        .stdin
        .take()
        .unwrap()
        .write_all(case.as_bytes())
        .unwrap();
    let output = running.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn v3_values_come_from_standard_input_and_go_to_a_private_file() {
    let place = place();
    let case = format!("guide: guide\nmode: test\nset:\n  채널 이름: {CANARY}\n");
    place.write("a.html", "old, and open to all");
    std::fs::set_permissions(place.path("a.html"), PermissionsExt::from_mode(0o644)).unwrap();
    for file in ["a.html", "b.html"] {
        let (code, out, err) = print(&place, &case, file);
        assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
        assert!(!err.contains(CANARY), "{err}");
        assert!(place.read(file).contains(CANARY));
        let mode = place.path(file).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let (code, out, err) = print(&place, &case, "-");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains(CANARY) && !err.contains(CANARY));
}

#[test]
fn v3_no_message_repeats_a_value() {
    let place = place();
    let long = CANARY.repeat(500);
    for case in [
        format!("guide: guide\nmode: test\nset: {{채널 이름: [{CANARY}]}}\n"),
        format!("guide: guide\nmode: test\nset: {{채널 이름: {CANARY}\n"),
        format!("guide: guide\nmode: test\nset: {CANARY}\n"),
        format!("guide: guide\nmode: test\nset: {{채널 이름: {long}}}\n"),
        format!("guide: guide\nmode: test\nset: {{signkey: {CANARY}}}\n"),
        "x".repeat(70_000),
    ] {
        let (code, out, err) = print(&place, &case, "a.html");
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.starts_with("error: ") && !err.contains(CANARY), "{err}");
        assert!(!place.path("a.html").exists());
    }
    let bare = place
        .command(&["print", "guide", "--root", "book", "--set", CANARY])
        .output()
        .unwrap();
    assert!(!String::from_utf8_lossy(&bare.stderr).contains(CANARY));
}
