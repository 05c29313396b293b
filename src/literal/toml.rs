//! TOML as literal values.

use toml::Value as Toml;

use crate::literal::Value;

/// The values of a text.
///
/// # Errors
/// What is wrong and at which byte.
pub fn read(source: &str) -> Result<Value, (String, usize)> {
    let table = source.parse::<toml::Table>().map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        (error.message().to_string(), start)
    })?;
    Ok(value(Toml::Table(table)))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers in such files are positions and years"
)]
fn value(toml: Toml) -> Value {
    match toml {
        Toml::String(text) => Value::String(text),
        Toml::Integer(number) => Value::Number(number as f64),
        Toml::Float(number) => Value::Number(number),
        Toml::Boolean(is_on) => Value::Bool(is_on),
        Toml::Datetime(date) => Value::String(date.to_string()),
        Toml::Array(items) => Value::List(items.into_iter().map(value).collect()),
        Toml::Table(entries) => {
            let entries = entries.into_iter();
            Value::Map(entries.map(|(key, own)| (key, value(own))).collect())
        }
    }
}
