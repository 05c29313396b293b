//! x
fn main() {
    let config = tickbook::config::Config::defaults();
    let strings = tickbook::strings::Strings::load(config.lang);
    let mut out = vec![];
    for a in std::env::args().skip(2) {
        let s = tickbook::source::read_document(std::path::Path::new(&a)).unwrap();
        out.push(tickbook::inspect::inspect(&s, &config, &strings).unwrap());
    }
    println!("{}", serde_json::to_string(&out).unwrap());
}
