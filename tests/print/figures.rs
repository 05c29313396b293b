//! Images of a sheet: the same on the site, in HTML that stands alone and on paper, or named.

use std::fs;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use scraper::Html;
use tickbook::output::checklist::page;
use tickbook::render::html::Destination;
use tickbook::render::print::Printer;

use crate::layout::{drawing, guide, project};
use crate::{has, letters, prints, select, text_of};

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160\" height=\"60\">\
    <rect width=\"160\" height=\"60\" fill=\"#eee\"/></svg>";

/// Images of one point.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const GIF: &str = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const WEBP: &str = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
const JPEG: &str = "/9j/4AAQSkZJRgABAQEACgAKAAD/2wBDAKBueIx4ZKCMgoy0qqC+8P//8Nzc8P//////////////////////////////////////////////////////////2wBDAaq0tPDS8P//////////////////////////////////////////////////////////////////////////////wAARCAACAAIDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCaiiigD//Z";

fn decoded(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap()
}

/// What a sheet shows in each of its forms.
struct Shown {
    /// Address and text of the images on the site's sheet, and in HTML that stands alone.
    site: Vec<(String, String)>,
    alone: Vec<(String, String)>,
    /// What the HTML says in the place of images.
    named: Vec<String>,
    /// Words below images on the site's sheet and in HTML that stands alone.
    captions: [Vec<String>; 2],
    /// Images on paper beside the codes, and all that is to be read there.
    drawn: usize,
    text: String,
    html: String,
}

fn shown(fields: &str, files: &[(&str, &[u8])]) -> Shown {
    let (_folder, project) = project(&guide("글", fields), files);
    let print = prints(&project).remove(0);
    let images = |html: &str| {
        let html = Html::parse_document(html);
        let images = select(html.root_element(), "img").into_iter();
        let of =
            |name: &str, image: &scraper::ElementRef<'_>| image.attr(name).unwrap().to_string();
        images
            .map(|image| (of("src", &image), of("alt", &image)))
            .collect::<Vec<_>>()
    };
    let (site, alone) = project.with_view(|view| {
        let sheet = &view.sheets[0];
        let form = |destination| page(sheet, view, "", destination).unwrap();
        (
            form(Destination::File(sheet.address.file())),
            form(Destination::Alone),
        )
    });
    let html = Html::parse_document(&alone);
    let named = select(html.root_element(), ".figure").into_iter();
    let named = named.map(|figure| figure.text().collect()).collect();
    let captions = [&site, &alone].map(|html| {
        let html = Html::parse_document(html);
        let captions = select(html.root_element(), ".figure-caption").into_iter();
        captions.map(|caption| caption.text().collect()).collect()
    });
    let figures = |pdf: &[u8]| drawing(pdf).matches("/S /Figure").count();
    let (_folder, without) = project_without_images();
    Shown {
        site: images(&site),
        alone: images(&alone),
        named,
        captions,
        drawn: figures(&print.pdf) - figures(&prints(&without).remove(0).pdf),
        text: text_of(&tempfile::tempdir().unwrap(), &print.pdf),
        html: alone,
    }
}

fn project_without_images() -> (tempfile::TempDir, crate::Project) {
    project(&guide("글", "- 이름 : 값"), &[])
}

fn is_ready() -> bool {
    has("pdftotext") && has("qpdf")
}

#[test]
fn images_are_shown_in_every_form() {
    if !is_ready() {
        return;
    }
    let fields = "- 이름 : 아래 그림의 ①에 적습니다.\n\n  ![적는 칸](a.svg)\n- 구분 : ![](b.svg)\n\
        - 단추 : 이것 ![](a.svg)을 누릅니다.";
    let shown = shown(fields, &[("a.svg", SVG), ("b.svg", SVG)]);
    let names = |images: &[(String, String)]| {
        images
            .iter()
            .map(|(_, name)| name.clone())
            .collect::<Vec<_>>()
    };
    let expected = ["적는 칸", "그림 2", "그림 3"];
    assert_eq!(names(&shown.site), expected);
    assert_eq!(names(&shown.alone), expected);
    let is_inside = |(src, _): &(String, String)| src.starts_with("data:image/svg+xml;base64,");
    assert!(shown.alone.iter().all(is_inside));
    assert!(shown.html.contains("img-src data:;"));
    assert_eq!(shown.drawn, 3);
    assert_eq!(shown.named, [""; 0]);
    let captions = ["그림 1: 적는 칸", "그림 2", "그림 3"];
    assert_eq!(shown.captions, [captions, captions]);
    for caption in captions {
        let lines = shown.text.lines().map(str::trim);
        assert_eq!(
            lines.filter(|line| *line == caption).count(),
            1,
            "{}",
            shown.text
        );
    }
    assert!(
        shown.text.contains("이것 그림 3을 누릅니다."),
        "{}",
        shown.text
    );
}

#[test]
fn icons_have_no_caption_and_no_number() {
    if !is_ready() {
        return;
    }
    let icon = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" height=\"24\">\
        <rect width=\"24\" height=\"24\"/></svg>";
    let fields = "- 단추 : 이것 ![톱니](icon.svg)을 누릅니다.\n\n  ![](a.svg \"설정 화면\")";
    let shown = shown(fields, &[("icon.svg", icon), ("a.svg", SVG)]);
    assert_eq!(
        shown.captions,
        [["그림 1: 설정 화면"], ["그림 1: 설정 화면"]]
    );
    assert!(!shown.text.contains("톱니"), "{}", shown.text);
    assert_eq!(shown.drawn, 2);
}

#[test]
fn images_of_every_format_are_printed() {
    if !is_ready() {
        return;
    }
    let images = [PNG, GIF, WEBP, JPEG].map(decoded);
    let [png, gif, webp, jpeg] = images.each_ref().map(Vec::as_slice);
    let fields = "- 이름 : 값\n\n  ![](a.png) ![](a.gif) ![](a.webp) ![](a.jpg)";
    let files = [
        ("a.png", png),
        ("a.gif", gif),
        ("a.webp", webp),
        ("a.jpg", jpeg),
    ];
    let shown = shown(fields, &files);
    assert_eq!((shown.drawn, shown.alone.len()), (4, 4));
}

#[test]
fn images_that_cannot_be_shown_are_named() {
    if !is_ready() {
        return;
    }
    let fields = "- 이름 : 값\n\n  ![없는 그림](gone.png)\n\n  ![먼 그림](https://other.example.com/a.png)\n\n  \
        ![](bomb.png) ![](text.png)";
    // Its head promises 60,000 points across and down.
    let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x06\0\0\0";
    let shown = shown(fields, &[("bomb.png", bomb), ("text.png", b"no image")]);
    assert_eq!(shown.alone, []);
    let expected = [
        "그림 1: 없는 그림 (gone.png)",
        "그림 2: 먼 그림 (https://other.example.com/a.png)",
        "그림 3 (bomb.png)",
        "그림 4 (text.png)",
    ];
    assert_eq!(shown.named, expected);
    assert_eq!(shown.drawn, 0);
    for name in expected {
        let text = letters(&shown.text);
        assert!(text.contains(&letters(name)), "{name}: {text}");
    }
    assert!(!shown.html.contains("<img"), "{}", shown.html);
}

#[test]
fn image_that_the_engine_cannot_read_is_named_on_paper() {
    if !is_ready() {
        return;
    }
    let mut broken = decoded(PNG);
    broken.truncate(50);
    let shown = shown("- 이름 : 값\n\n  ![단추](a.png)", &[("a.png", &broken)]);
    assert_eq!(shown.drawn, 0);
    assert!(shown.text.contains("그림: 단추 (a.png)"), "{}", shown.text);
}

/// No drawing brings another file onto the sheet.
#[test]
fn drawing_reads_no_other_file() {
    if !is_ready() {
        return;
    }
    const CANARY: &str = "canary8a41";
    let secret = tempfile::tempdir().unwrap();
    let path = secret.path().join("secret.svg");
    let text =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text id=\"a\">{CANARY}</text></svg>");
    fs::write(&path, &text).unwrap();
    let path = path.to_str().unwrap();
    for inside in [
        format!("<image href=\"file://{path}\" width=\"9\" height=\"9\"/>"),
        format!("<image href=\"{path}\" width=\"9\" height=\"9\"/>"),
        "<image href=\"data.json\" width=\"9\" height=\"9\"/>".to_string(),
        "<image href=\"secret.svg\" width=\"9\" height=\"9\"/>".to_string(),
        format!("<use href=\"file://{path}#a\"/><use href=\"secret.svg#a\"/>"),
        format!("<style>@import url(file://{path});</style><rect fill=\"url(file://{path}#a)\"/>"),
    ] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inside}</svg>"
        );
        let files = [("a.svg", svg.as_bytes()), ("secret.svg", text.as_bytes())];
        let shown = shown("- 이름 : 값\n\n  ![단추](a.svg)", &files);
        assert_eq!(
            shown.drawn + shown.text.matches("그림: 단추").count(),
            1,
            "{inside}"
        );
        assert!(!shown.text.contains(CANARY), "{inside}");
        assert!(!shown.html.contains(CANARY), "{inside}");
    }
}

/// A thousand times one image is a thousand times its bytes in HTML.
#[test]
fn sheet_holds_no_more_images_than_it_may() {
    let (_folder, project) = project(
        &guide(
            "글",
            &format!("- 이름 : 값\n\n  {}", "![](a.svg) ".repeat(1000)),
        ),
        &[("a.svg", &[SVG, " ".repeat(1 << 19).as_bytes()].concat())],
    );
    project.with_view(|view| {
        let html = page(&view.sheets[0], view, "", Destination::Alone).unwrap();
        assert!(html.len() < 24 << 20, "{}", html.len());
        assert!(html.contains("<img") && html.contains("class=\"figure\""));
        let printer = Printer::new(view).unwrap();
        printer
            .sheet(&printer.look_at(&view.sheets[0]).unwrap())
            .unwrap();
    });
}

#[test]
fn large_image_stays_on_its_page() {
    if !has("pdftoppm") {
        return;
    }
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3000\" height=\"9000\">\
        <rect width=\"3000\" height=\"9000\"/></svg>";
    let (_folder, project) = project(
        &guide(
            "글",
            "- 이름 : 값\n\n  ![](a.svg)\n\n  | 가 | 나 |\n  |--|--|\n  | ![](a.svg) | 글 |",
        ),
        &[("a.svg", svg.as_bytes())],
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.pdf");
    fs::write(&file, prints(&project).remove(0).pdf).unwrap();
    let info = Command::new("pdfinfo").arg(&file).output().unwrap();
    let info = String::from_utf8_lossy(&info.stdout).into_owned();
    let pages = info
        .lines()
        .find(|line| line.starts_with("Pages:"))
        .unwrap();
    assert!(pages.ends_with(['1', '2']), "{info}");
}
