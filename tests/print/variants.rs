//! Choices between tabs: `print --variant`, and defaults of a project.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const GUIDE: &str = "# Setup

## Install the tool

1. Open the terminal.
2. Install it.

   <Tabs groupId=\"os\">
   <Tab label=\"macOS\">

   Run brew.

   </Tab>
   <Tab label=\"Linux\">

   Run apt.

   </Tab>
   </Tabs>

## Add the package

1. Open the folder.
2. Add it.

   <Tabs>
   <Tab label=\"npm\">

   Run npm add.

   </Tab>
   <Tab label=\"Yarn\">

   Run yarn add.

   </Tab>
   </Tabs>
";

const OTHER: &str = "# Other

<Tabs>
<Tab label=\"Yarn\">

1. Open yarn.
2. Close yarn.

</Tab>
<Tab label=\"npm\">

1. Open npm.
2. Close npm.

</Tab>
</Tabs>

<Tabs syncKey=\"shell\">
<Tab label=\"Bash\">a</Tab>
<Tab label=\"Yarn\">b</Tab>
</Tabs>
";

fn run(folder: &Path, line: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    let command = command.current_dir(folder).args(line.split(' '));
    let output = command.env_remove("SOURCE_DATE_EPOCH").output().unwrap();
    let shown = [output.stdout, output.stderr].concat();
    let shown = String::from_utf8_lossy(&shown).into_owned();
    (output.status.code().unwrap(), shown)
}

fn project(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(folder.path().join("docs/setup.mdx"), GUIDE).unwrap();
    fs::write(folder.path().join("docs/other.mdx"), OTHER).unwrap();
    let settings = format!("preset: mdx\nlang: en\ncontent: docs\n{settings}");
    fs::write(folder.path().join("tickbook.yaml"), settings).unwrap();
    folder
}

fn page(folder: &TempDir, arguments: &str) -> String {
    let line = format!("print setup --scenario {arguments} -o -");
    let (code, shown) = run(folder.path(), &line);
    assert_eq!(code, 0, "{shown}");
    shown
}

/// The line over the title.
fn kicker(page: &str) -> &str {
    let start = page.find("<p class=\"kicker\">");
    start.map_or("", |at| page[at..].split(['<', '>']).nth(2).unwrap())
}

#[test]
fn sheet_has_all_panels_or_the_chosen_one() {
    let folder = project("");
    let whole = page(&folder, "install");
    assert!(whole.contains("Run brew") && whole.contains("Run apt"));
    assert_eq!(kicker(&whole), "");
    for choice in ["os=linux", "linux", "OS=Linux"] {
        let own = page(&folder, &format!("install --variant {choice}"));
        assert!(own.contains("Run apt"), "{choice}");
        assert!(!own.contains("Run brew"), "{choice}");
        assert_eq!(kicker(&own), "Linux", "{choice}");
        // Its revision is that of its page.
        let revision = |page: &str| {
            let (_, rest) = page.split_once("\nRevision ").unwrap();
            rest.split(' ').next().unwrap().to_string()
        };
        assert_eq!(revision(&whole), revision(&own));
    }
    let same = page(&folder, "install --variant os=all");
    assert_eq!(same, whole);
    // Tabs with the same labels are one choice, whatever their order and their page.
    let other = "print other -o - --variant npm=npm";
    let (code, shown) = run(folder.path(), other);
    assert_eq!(code, 0, "{shown}");
    assert!(
        shown.contains("Open npm") && !shown.contains("Open yarn"),
        "{shown}"
    );
}

#[test]
fn pdf_names_the_choice() {
    let folder = project("");
    let line = "print setup --scenario install --variant linux -o a.pdf";
    let (code, shown) = run(folder.path(), line);
    assert_eq!(code, 0, "{shown}");
    assert!(fs::metadata(folder.path().join("a.pdf")).unwrap().len() > 1000);
}

#[test]
fn unknown_and_unclear_choices_are_refused() {
    let folder = project("");
    for (choice, expected) in [
        ("os=linu", "`linu`; did you mean `Linux`?"),
        ("linuxx", "`linuxx`; did you mean `Linux`?"),
        ("ot=linux", "`ot`"),
        ("ot=linux", "\n  os=macOS|Linux"),
        ("yarn", "several choices have the label `yarn`"),
        ("yarn", "\n  shell=Yarn"),
    ] {
        let line = format!("print setup --scenario install -o - --variant {choice}");
        let (code, shown) = run(folder.path(), &line);
        assert_eq!(code, 2, "{shown}");
        assert!(shown.contains(expected), "{shown}");
    }
}

#[test]
fn choice_that_no_printed_sheet_has_is_refused() {
    let folder = project("");
    let windows = "# Windows\n\n<Tabs groupId=\"os\">\n<Tab label=\"macOS\">a</Tab>\n<Tab label=\"Windows\">b</Tab>\n</Tabs>\n\n## Close it\n\n1. Open it.\n2. Close it.\n";
    fs::write(folder.path().join("docs/windows.mdx"), windows).unwrap();
    for (line, expected) in [
        (
            "setup --scenario install --variant npm=npm",
            "no printed checklist has the choice `yarn=npm`. Available:\n  os=macOS|Linux\n",
        ),
        (
            "setup --scenario install --variant os=linux,npm=all",
            "`yarn=all`. Available:\n  os=macOS|Linux\n",
        ),
        (
            "setup --scenario install --variant os=windows",
            "`os=Windows`. Available:\n  os=macOS|Linux\n",
        ),
        (
            "setup --all --variant bash",
            "`shell=Bash`. Available:\n  yarn=Yarn|npm\n  os=macOS|Linux\n",
        ),
        (
            "windows --variant os=windows",
            "no printed checklist has tabs, so `os=Windows` chooses nothing",
        ),
    ] {
        let (code, shown) = run(folder.path(), &format!("print {line} -o a.pdf"));
        assert_eq!(code, 2, "{line}: {shown}");
        assert!(shown.contains(expected), "{line}: {shown}");
    }
    assert!(!folder.path().join("a.pdf").exists());
}

#[test]
fn choice_that_one_of_several_sheets_has_is_enough() {
    let folder = project("");
    let line = "print setup --all --variant os=linux,npm=yarn -o a.pdf";
    let (code, shown) = run(folder.path(), line);
    assert_eq!(code, 0, "{shown}");
}

#[test]
fn arguments_are_for_some_sheet_of_a_set_and_a_file_for_its_own() {
    let folder = project("");
    fs::create_dir(folder.path().join("cases")).unwrap();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join("cases").join(name), text).unwrap();
    };
    write("a.yaml", "guide: setup\nscenario: install\n");
    write("b.yaml", "guide: setup\nscenario: package\n");
    let line = "print --cases cases --variant os=linux -o out";
    let (code, shown) = run(folder.path(), line);
    assert_eq!(code, 0, "{shown}");
    let line = "print --cases cases --variant bash -o other";
    let (code, shown) = run(folder.path(), line);
    assert_eq!(code, 2, "{shown}");
    write(
        "b.yaml",
        "guide: setup\nscenario: package\nvariant: os=linux\n",
    );
    let (code, shown) = run(folder.path(), "print --cases cases -o third");
    assert_eq!(code, 2, "{shown}");
    assert!(shown.contains("b.yaml: no printed checklist"), "{shown}");
    assert!(!shown.contains("a.yaml"), "{shown}");
}

#[test]
fn project_names_a_choice_and_its_default() {
    let settings = "procedures:\n  variants:\n    pm: {title: Packages, labels: [npm, Yarn, pnpm], default: Yarn}\n";
    let folder = project(settings);
    let own = page(&folder, "package");
    assert!(
        own.contains("yarn add") && !own.contains("npm add"),
        "{own}"
    );
    assert_eq!(kicker(&own), "Packages: Yarn");
    let other = page(&folder, "package --variant pm=npm");
    assert!(other.contains("npm add") && !other.contains("yarn add"));
    let all = page(&folder, "package --variant pm=all");
    assert!(all.contains("npm add") && all.contains("yarn add"));
    // A sheet without these tabs does not name the choice.
    assert_eq!(kicker(&page(&folder, "install")), "");
}

#[test]
fn case_has_its_choices() {
    let folder = project("");
    let case = "guide: setup\nscenario: install\nvariant: os=linux\n";
    fs::write(folder.path().join("case.yaml"), case).unwrap();
    let (code, shown) = run(folder.path(), "print --case case.yaml -o -");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("Run apt") && !shown.contains("Run brew"));
}
