//! Shapes of documents in MDX and Markdown, as other tools write them.

use crate::shapes::{Documents, Shape, counted, fill, front, in_front, prose};

const fn mdx(name: &'static str, make: fn(usize) -> Documents) -> Shape {
    Shape {
        name,
        preset: "mdx",
        part: 2,
        make,
    }
}

const fn markdown(name: &'static str, make: fn(usize) -> Documents) -> Shape {
    Shape {
        name,
        preset: "markdown",
        part: 2,
        make,
    }
}

/// Shapes of the dialect `mdx`.
pub const MDX: &[Shape] = &[
    // Braces.
    mdx("mdx opening braces", |n| prose(fill("{", n))),
    mdx("mdx opening braces apart", |n| prose(fill("{ 가 ", n))),
    mdx("mdx open braces in lines", |n| prose(fill("{a\n\n", n))),
    mdx("mdx closing braces", |n| prose(fill("}", n))),
    mdx("mdx expressions", |n| prose(fill("{a.b} ", n))),
    mdx("mdx literals", |n| prose(fill("{'가'}{1} ", n))),
    mdx("mdx open strings in braces", |n| prose(fill("{'", n))),
    mdx("mdx open templates in braces", |n| prose(fill("{`${", n))),
    mdx("mdx open comments in braces", |n| prose(fill("{/*", n))),
    mdx("mdx comments", |n| prose(fill("{/* 가 */}\n\n", n))),
    mdx("mdx nested lists in braces", |n| {
        prose(format!("{{{}", fill("[{a:", n)))
    }),
    // Imports and exports.
    mdx("mdx open imports", |n| prose(fill("import {\n\n", n))),
    mdx("mdx open imports in a line", |n| {
        prose(fill("import { ", n))
    }),
    mdx("mdx imports", |n| {
        prose(counted(n, |i| format!("import A{i} from './a{i}'\n")))
    }),
    mdx("mdx exports", |n| {
        prose(counted(n, |i| {
            format!("export const a{i} = {{b: [1]}}\n\n")
        }))
    }),
    mdx("mdx open exports", |n| {
        prose(fill("export const a = `\n\n", n))
    }),
    // Tags.
    mdx("mdx open tags", |n| prose(fill("<A>", n))),
    mdx("mdx open tags in lines", |n| prose(fill("<A>\n\n", n))),
    mdx("mdx nested tags", |n| {
        prose(fill("<A>", n * 3 / 7) + &fill("</A>", n * 4 / 7))
    }),
    mdx("mdx nested tags in lines", |n| {
        prose(fill("<A>\n\n", n / 2) + "가\n\n" + &fill("</A>\n\n", n / 2))
    }),
    mdx("mdx closing tags", |n| prose(fill("</A>\n\n", n))),
    mdx("mdx fragments", |n| prose(fill("<>가</> ", n))),
    mdx("mdx open fragments", |n| prose(fill("<>", n))),
    mdx("mdx different open tags", |n| {
        prose(counted(n, |i| format!("<A{i}>\n")))
    }),
    mdx("mdx tabs", |n| {
        let tab = |i| format!("<Tab title=\"가{i}\">\n\n나\n\n</Tab>\n");
        prose(format!("<Tabs>\n{}</Tabs>\n", counted(n, tab)))
    }),
    mdx("mdx tabs with items", |n| {
        let items = counted(n / 2, |i| format!("'가{i}', "));
        let tabs = fill("<Tab>\n\n나\n\n</Tab>\n", n / 2);
        prose(format!("<Tabs items={{[{items}]}}>\n{tabs}</Tabs>\n"))
    }),
    mdx("mdx nested tabs", |n| {
        prose(fill("<Tabs>\n<Tab title=\"가\">\n", n * 2 / 3) + &fill("</Tab>\n</Tabs>\n", n / 3))
    }),
    mdx("mdx steps", |n| {
        prose(format!(
            "<Steps>\n{}</Steps>\n",
            fill("<Step title=\"가\">\n\n나\n\n</Step>\n", n)
        ))
    }),
    // Procedures.
    mdx("mdx procedures of one step", |n| {
        prose(fill(
            "<Steps>\n<Step title=\"Open\">a</Step>\n<Step title=\"Close\">b</Step>\n</Steps>\n\n",
            n,
        ))
    }),
    mdx("mdx nested steps", |n| {
        prose(
            fill("<Steps>\n<Step title=\"Open\">\n", n * 2 / 3)
                + &fill("</Step>\n</Steps>\n", n / 3),
        )
    }),
    mdx("mdx ordered lists", |n| {
        prose(fill("# Install\n\n1. Open a\n2. Click b\n\n", n))
    }),
    mdx("mdx ordered lists under one heading", |n| {
        prose(fill("1. Open a\n2. Click b\n\nText.\n\n", n))
    }),
    mdx("mdx bullets between numbers", |n| {
        prose(format!("1. Open a\n\n{}", fill("- b\n\n* c\n\n", n)))
    }),
    mdx("mdx task lists", |n| {
        prose(fill("# a\n\n- [ ] Open a\n\n", n))
    }),
    mdx("mdx numbered headings", |n| {
        prose(counted(n, |i| format!("## Step {i}: Open\n\nOpen it.\n\n")))
    }),
    mdx("mdx runbook", |n| {
        prose(format!(
            "# Meaning\n\n# Diagnosis\n\n{}",
            fill("Check a:\n\n    b\n\n", n)
        ))
    }),
    mdx("mdx prerequisites", |n| {
        prose(fill(
            "## Prerequisites\n\n- A key\n\n## Install\n\n1. Open a\n2. Click b\n\n",
            n,
        ))
    }),
    mdx("mdx prerequisites of every procedure", |n| {
        let needs = fill("- A key\n", n / 2);
        prose(format!(
            "## Prerequisites\n\n{needs}\n{}",
            fill("## Install\n\n1. Open a\n2. Click b\n\n", n / 2)
        ))
    }),
    mdx("mdx prerequisites in frontmatter", |n| {
        let needs = counted(n.min(40_000), |i| format!("  - \"\\u0061{i}\"\n"));
        prose(format!(
            "---\nprereqs:\n{needs}---\n\n1. Open a\n2. Click b\n"
        ))
    }),
    mdx("mdx notices at steps", |n| {
        prose(fill("1. Open a\n\n   <Note>b</Note>\n\n", n))
    }),
    mdx("mdx sentences of a step", |n| {
        prose(format!("1. Open a\n2. {}\n", fill("Click e.g. b. ", n)))
    }),
    mdx("mdx clauses of a step", |n| {
        prose(format!("1. Open a\n2. {}\n", fill("If a, then ", n)))
    }),
    mdx("mdx callouts", |n| {
        prose(fill("<Note title=\"가\">\n나\n</Note>\n\n", n))
    }),
    mdx("mdx nested callouts", |n| {
        prose(fill("<Note>\n", n / 2) + &fill("</Note>\n", n / 2))
    }),
    mdx("mdx conditions", |n| {
        prose(fill("<If sdk=\"a\">\n\n가\n\n</If>\n\n", n))
    }),
    mdx("mdx nested conditions", |n| {
        prose(fill("<If a=\"b\">\n\n", n * 2 / 3) + &fill("</If>\n\n", n / 3))
    }),
    mdx("mdx cards", |n| {
        prose(format!(
            "<Cards>\n{}</Cards>\n",
            fill("<Card title=\"가\" href=\"/나\">다</Card>\n", n)
        ))
    }),
    mdx("mdx files", |n| {
        prose(format!(
            "<FileTree>\n{}</FileTree>\n",
            fill("- 가\n  - 나.js 다\n", n)
        ))
    }),
    // Attributes.
    mdx("mdx attributes in braces", |n| {
        prose(format!(
            "<A {}/>\n",
            counted(n, |i| format!("a{i}={{[1, 'b']}} "))
        ))
    }),
    mdx("mdx equal attributes in braces", |n| {
        prose(format!("<A {}/>\n", fill("a={b} ", n)))
    }),
    mdx("mdx open attributes", |n| prose(fill("<A b={", n))),
    mdx("mdx tags in attributes", |n| {
        prose(fill("<A b={<B c=\"", n))
    }),
    mdx("mdx nested values", |n| {
        prose(format!("<A b={{{}}} />\n", fill("[", n)))
    }),
    mdx("mdx spreads", |n| prose(fill("<A {...b} />\n", n))),
    // Elements of HTML.
    mdx("mdx elements", |n| {
        prose(fill("<div class=\"a\"><p>가</p></div>\n\n", n))
    }),
    mdx("mdx nested elements", |n| {
        prose(fill("<div>\n", n * 5 / 11) + &fill("</div>\n", n * 6 / 11))
    }),
    mdx("mdx open cells", |n| prose(fill("<table><tr><td>", n))),
    mdx("mdx wide table", |n| {
        let cell = "<td colspan=\"1000\" rowspan=\"1000\">가</td>";
        prose(format!("<table><tr>{}</tr></table>\n", fill(cell, n)))
    }),
    mdx("mdx long table", |n| {
        let row = "<tr><td colspan=\"2\">가</td></tr>\n";
        prose(format!("<table>\n{}</table>\n", fill(row, n)))
    }),
    mdx("mdx details", |n| {
        prose(fill(
            "<details><summary>가</summary>\n\n나\n\n</details>\n\n",
            n,
        ))
    }),
    mdx("mdx hidden elements", |n| {
        prose(fill("<script>가</script>\n<svg>\n", n))
    }),
    // Indentation.
    mdx("mdx indented text", |n| prose(fill("        가\n\n", n))),
    mdx("mdx nested indentation", |n| {
        prose(fill("- 가\n        - 나\n            다\n\n", n))
    }),
    mdx("mdx indented fences", |n| {
        prose(fill("      ```js\n      가\n", n))
    }),
    // Directives.
    mdx("mdx directive marks", |n| prose(fill(":::", n))),
    mdx("mdx directives", |n| {
        prose(fill(":::note[가]\n나\n:::\n\n", n))
    }),
    mdx("mdx open directives", |n| prose(fill(":::note\n", n))),
    mdx("mdx nested directives", |n| {
        prose(counted(n, |i| format!("{}note\n", ":".repeat(3 + i % 7))))
    }),
    mdx("mdx closing directives", |n| prose(fill(":::\n", n))),
    mdx("mdx directives with open titles", |n| {
        prose(fill(":::note[", n))
    }),
    mdx("mdx directives with open attributes", |n| {
        prose(fill(":::note{a=\"\n", n))
    }),
    // Code.
    mdx("mdx code with titles", |n| {
        prose(fill("```js title=\"가\" {1,3-4}\na\n```\n\n", n))
    }),
    mdx("mdx code with a long title", |n| {
        prose(format!("```js {}\na\n```\n", fill("title=\"가\" {1} ", n)))
    }),
    mdx("mdx code with open braces", |n| {
        prose(format!("```js {}\na\n```\n", fill("{{a [b ", n)))
    }),
    mdx("mdx marked lines", |n| {
        prose(format!(
            "```js {{1-9000}}\n{}```\n",
            fill("a() // [!code ++]\n", n)
        ))
    }),
    mdx("mdx code groups", |n| {
        prose(format!(
            "<CodeGroup>\n{}</CodeGroup>\n",
            fill("```js 가\na\n```\n\n", n)
        ))
    }),
    // Headings.
    mdx("mdx headings with the same id", |n| {
        prose(fill("## 가 {#a}\n\n", n))
    }),
    mdx("mdx headings with ids", |n| {
        prose(counted(n, |i| {
            format!("## 가 {{#a{i}}}\n\n[나](#a{i})\n\n")
        }))
    }),
    mdx("mdx heading with many ids", |n| {
        prose(format!("## 가 {}\n", fill("{#a} ", n)))
    }),
    mdx("mdx heading with anchors", |n| {
        prose(format!("## {}\n", fill("<a id=\"a\"></a>", n)))
    }),
];

/// Shapes of the dialect `markdown`.
pub const MARKDOWN: &[Shape] = &[
    // Alerts.
    markdown("markdown alerts", |n| prose(fill("> [!NOTE]\n> 가\n\n", n))),
    markdown("markdown alert in lines", |n| prose(fill("> [!NOTE]\n", n))),
    markdown("markdown alerts with titles", |n| {
        prose(fill("> [!가]- 나\n> 다\n\n", n))
    }),
    markdown("markdown nested alerts", |n| {
        prose(fill("> > > > [!NOTE]\n\n", n))
    }),
    // Admonitions.
    markdown("markdown admonitions", |n| {
        prose(fill("!!! note\n    가\n\n", n))
    }),
    markdown("markdown nested admonitions", |n| {
        let level = |level: usize| format!("{}!!! note \"가\"\n", "    ".repeat(level));
        let levels: String = (0..10).map(level).collect();
        prose(fill(&levels, n * 2))
    }),
    markdown("markdown deep admonitions", |n| {
        let level = |level: usize| format!("{}!!! a\n", "    ".repeat(level));
        prose(sum_up_to(n, level))
    }),
    markdown("markdown admonitions in a line", |n| {
        prose(fill("!!! note ", n))
    }),
    markdown("markdown collapsed admonitions", |n| {
        prose(fill("??? note \"가\"\n    나\n\n", n))
    }),
    markdown("markdown tabs", |n| {
        prose(fill("=== \"가\"\n    나\n\n", n))
    }),
    markdown("markdown nested tabs", |n| {
        prose(fill("=== \"가\"\n    === \"나\"\n        다\n", n))
    }),
    markdown("markdown slashes", |n| {
        prose(fill("/// note | 가\n나\n///\n\n", n))
    }),
    markdown("markdown open slashes", |n| {
        prose(fill("/// note | 가\n", n))
    }),
    markdown("markdown attributes after paragraphs", |n| {
        prose(fill("가\n{:.info}\n\n", n))
    }),
    // Directives.
    markdown("markdown directives", |n| {
        prose(fill("::: tip 가\n나\n:::\n\n", n))
    }),
    markdown("markdown open directives", |n| {
        prose(fill("::: tip 가\n", n))
    }),
    markdown("markdown code groups", |n| {
        prose(format!(
            "::: code-group\n{}:::\n",
            fill("```js [가]\na\n```\n\n", n)
        ))
    }),
    // Shortcodes.
    markdown("markdown shortcodes", |n| prose(fill("{{< a >}} ", n))),
    markdown("markdown shortcodes in lines", |n| {
        prose(fill("{{< a b=\"가\" >}}\n나\n{{< /a >}}\n\n", n))
    }),
    markdown("markdown open shortcodes", |n| prose(fill("{{< a ", n))),
    markdown("markdown shortcodes without an end", |n| {
        prose(fill("{{< a >}}\n\n", n))
    }),
    markdown("markdown different shortcodes without an end", |n| {
        prose(counted(n, |i| format!("{{{{< a{i} >}}}}\n\n")))
    }),
    markdown("markdown ends of shortcodes", |n| {
        prose(fill("{{< /a >}}\n\n", n))
    }),
    markdown("markdown shortcodes with open strings", |n| {
        prose(fill("{{< a \"b ", n))
    }),
    markdown("markdown liquid", |n| {
        prose(fill("{% if a %}\n가\n{% endif %}\n\n", n))
    }),
    markdown("markdown open liquid", |n| prose(fill("{% a ", n))),
    // Footnotes and definitions.
    markdown("markdown footnotes", |n| {
        prose(counted(n, |i| format!("가[^{i}]\n\n[^{i}]: 나\n\n")))
    }),
    markdown("markdown footnote used often", |n| {
        prose(fill("가[^a] ", n) + "\n\n[^a]: 나\n")
    }),
    markdown("markdown footnotes that are missing", |n| {
        prose(counted(n, |i| format!("[^{i}] ")))
    }),
    markdown("markdown footnotes of one name", |n| {
        prose(fill("[^a]\n\n[^a]: 나\n\n", n))
    }),
    markdown("markdown footnotes in footnotes", |n| {
        prose(counted(n, |i| format!("[^{i}]: 나[^{}]\n\n", i + 1)))
    }),
    markdown("markdown definitions", |n| prose(fill("가\n: 나\n\n", n))),
    // Elements.
    markdown("markdown nested elements", |n| {
        prose(fill("<div>\n\n", n / 2) + &fill("</div>\n\n", n / 2))
    }),
    markdown("markdown open elements", |n| {
        prose(fill("<div>\n\n가\n\n", n))
    }),
    markdown("markdown elements in a line", |n| {
        prose(fill("<span>가<sub>나</sub></span> ", n))
    }),
    markdown("markdown open elements in a line", |n| {
        prose(fill("<span><b>", n))
    }),
    markdown("markdown table of elements", |n| {
        let row = "<tr><td colspan=\"3\">\n\n가\n\n</td></tr>\n";
        prose(format!("<table>\n{}</table>\n", fill(row, n)))
    }),
    markdown("markdown lists of elements", |n| prose(fill("<ul><li>", n))),
    markdown("markdown lists of definitions", |n| {
        prose(format!("<dl>{}</dl>\n", fill("<dt>가<dd>나", n)))
    }),
    markdown("markdown comments", |n| prose(fill("<!-- 가 -->\n\n", n))),
    markdown("markdown open comments", |n| prose(fill("<!-- ", n))),
    // Headings and code.
    markdown("markdown headings with the same id", |n| {
        prose(fill("## 가 {#a}\n\n", n))
    }),
    markdown("markdown underlined headings with ids", |n| {
        prose(fill("가 { #a }\n---\n\n", n))
    }),
    markdown("markdown code in lists", |n| {
        prose(fill("- 가\n\n  ```js hl_lines=\"1 3\"\n  a\n  ```\n\n", n))
    }),
    markdown("markdown indented code", |n| prose(fill("    가\n\n", n))),
    // Frontmatter.
    markdown("markdown frontmatter keys", |n| {
        front(counted(in_front(n), |i| format!("key{i}: {{a: 가}}\n")))
    }),
    markdown("markdown nested frontmatter", |n| {
        front(format!("a: {}", fill("[", in_front(n))))
    }),
    markdown("markdown frontmatter aliases", |n| {
        front(format!(
            "aliases: [{}]",
            counted(in_front(n), |i| format!("/a/{i}, "))
        ))
    }),
    markdown("markdown frontmatter features", |n| {
        front(format!(
            "hero: {{tagline: 가}}\nfeatures:\n{}",
            fill("  - {title: 가, details: 나, link: /a}\n", in_front(n))
        ))
    }),
    markdown("markdown frontmatter in toml", |n| {
        let keys = counted(in_front(n), |i| format!("key{i} = [\"가\"]\n"));
        vec![("a.md".to_string(), format!("+++\n{keys}+++\n글\n"))]
    }),
];

/// Pieces from 0 up, until they are so many bytes.
fn sum_up_to(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < bytes {
        text += &piece(number);
        number += 1;
    }
    text
}
