//! Colours in `tickbook.yaml`: how they are written, and whether text in them can be read (WCAG 2.2,
//! 1.4.3).

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};

/// A colour of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red, green and blue.
    pub channels: [u8; 3],
}

/// Lightness, and two axes of colour, in Oklab: equal steps look equal.
#[derive(Debug, Clone, Copy)]
struct Oklab {
    lightness: f64,
    a: f64,
    b: f64,
}

/// Steps in which a lightness is looked for.
const STEPS: u32 = 200;

impl Color {
    /// A colour by its channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self {
            channels: [red, green, blue],
        }
    }

    /// Reads `#0f766e` or `#07e`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        match digits.len() {
            6 => Some(Self::new(number[1], number[2], number[3])),
            3 => {
                let [_, _, first, rest] = number;
                let twice = |digit: u8| digit * 0x11;
                Some(Self::new(twice(first), twice(rest >> 4), twice(rest & 15)))
            }
            _ => None,
        }
    }

    /// Contrast of two colours, `1.0..=21.0`.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// A mixture: `share` of this colour, and the rest of `other`.
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mixed = |at: usize| {
            let (own, other) = (f64::from(self.channels[at]), f64::from(other.channels[at]));
            byte((own * share + other * (1.0 - share)) / 255.0)
        };
        Self::new(mixed(0), mixed(1), mixed(2))
    }

    /// The colour of this hue that is nearest in lightness and meets a condition; darker ones are
    /// tried or lighter ones. `None` when none meets it.
    pub fn nearest(self, is_darker: bool, is_met: impl Fn(Self) -> bool) -> Option<Self> {
        let own = self.oklab();
        let end = if is_darker { 0.0 } else { 1.0 };
        let tried = (0..=STEPS).map(|step| {
            let part = f64::from(step) / f64::from(STEPS);
            own.with_lightness(own.lightness + (end - own.lightness) * part)
        });
        std::iter::once(self)
            .chain(tried)
            .find(|color| is_met(*color))
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.channels.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn oklab(self) -> Oklab {
        let [red, green, blue] = self.channels.map(linear);
        let long = (0.412_221_47 * red + 0.536_332_54 * green + 0.051_445_99 * blue).cbrt();
        let middle = (0.211_903_5 * red + 0.680_699_55 * green + 0.107_396_96 * blue).cbrt();
        let short = (0.088_302_46 * red + 0.281_718_84 * green + 0.629_978_7 * blue).cbrt();
        Oklab {
            lightness: 0.210_454_26 * long + 0.793_617_78 * middle - 0.004_072_05 * short,
            a: 1.977_998_5 * long - 2.428_592_2 * middle + 0.450_593_7 * short,
            b: 0.025_904_04 * long + 0.782_771_77 * middle - 0.808_675_77 * short,
        }
    }
}

impl Oklab {
    /// The colour of the same hue at another lightness, with as much of the hue as a screen shows.
    fn with_lightness(self, lightness: f64) -> Color {
        let shares = (0..=20).map(|step| 1.0 - f64::from(step) / 20.0);
        let shown = shares.map(|share| linear_rgb(lightness, self.a * share, self.b * share));
        let is_shown = |rgb: &[f64; 3]| rgb.iter().all(|part| (-0.0005..=1.0005).contains(part));
        let rgb = shown.into_iter().find(is_shown);
        let [red, green, blue] = rgb.unwrap_or([lightness.powi(3); 3]).map(encoded);
        Color::new(byte(red), byte(green), byte(blue))
    }
}

/// A channel as light.
fn linear(channel: u8) -> f64 {
    let part = f64::from(channel) / 255.0;
    if part <= 0.040_45 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}

/// Light as a part of a channel.
fn encoded(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    }
}

fn linear_rgb(lightness: f64, a: f64, b: f64) -> [f64; 3] {
    let long = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let middle = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let short = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * long - 3.307_711_6 * middle + 0.230_969_94 * short,
        -1.268_438 * long + 2.609_757_4 * middle - 0.341_319_38 * short,
        -0.004_196_086 * long - 0.703_418_6 * middle + 1.707_614_7 * short,
    ]
}

/// A part of a channel, `0.0..=1.0`, as its nearest byte.
fn byte(part: f64) -> u8 {
    let wanted = part.clamp(0.0, 1.0) * 255.0;
    let is_reached = |byte: &u8| f64::from(*byte) + 0.5 > wanted;
    (0..=u8::MAX).find(is_reached).unwrap_or(u8::MAX)
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format_args!(
                "`{text}` is not a colour; write it as `\"#0f766e\"`, in quotes"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_two_forms() {
        let check = |text: &str, expected: Option<&str>| {
            let color = Color::parse(text).map(|color| color.to_string());
            assert_eq!(color.as_deref(), expected, "{text}");
        };
        check("#0F766e", Some("#0f766e"));
        check("#07e", Some("#0077ee"));
        for text in [
            "",
            "#",
            "0f766e",
            "#0f766",
            "#0f766e00",
            "#ggg",
            "#+ff",
            "teal",
            "#가",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let check = |one: &str, other: &str, expected: &str| {
            let (one, other) = (Color::parse(one).unwrap(), Color::parse(other).unwrap());
            assert_eq!(format!("{:.2}", one.contrast(other)), expected);
            assert_eq!(format!("{:.2}", other.contrast(one)), expected);
        };
        check("#000", "#fff", "21.00");
        check("#767676", "#fff", "4.54");
        check("#777777", "#fff", "4.48");
        check("#fff", "#fff", "1.00");
    }

    #[test]
    fn nearest_colour_keeps_its_hue() {
        let white = Color::new(255, 255, 255);
        let check = |text: &str| {
            let color = Color::parse(text).unwrap();
            let found = color.nearest(true, |color| color.contrast(white) >= 4.5);
            let found = found.unwrap();
            assert!(found.contrast(white) >= 4.5);
            assert!(
                found.contrast(white) < 4.8 || found == color,
                "{text} {found}"
            );
            let (own, other) = (color.oklab(), found.oklab());
            let hue = |color: Oklab| color.b.atan2(color.a);
            let is_grey = own.a.hypot(own.b) < 0.01;
            assert!(
                is_grey || (hue(own) - hue(other)).abs() < 0.05,
                "{text} {found}"
            );
        };
        for text in [
            "#ffcc00", "#00ff00", "#0f766e", "#ff69b4", "#fff", "#888888",
        ] {
            check(text);
        }
        assert_eq!(white.nearest(true, |_| false), None);
    }
}
