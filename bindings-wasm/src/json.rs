//! JSON, as far as the catalog needs it: a writer of a few lines instead of a dependency.

use core::fmt::Write;

/// Text that grows to a JSON value.
#[derive(Default)]
pub struct Json {
    text: String,
}

impl Json {
    /// The finished text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// An object; `fields` adds each with [`Json::key`] and a value.
    pub fn object(&mut self, fields: impl FnOnce(&mut Self)) {
        self.nest(['{', '}'], fields);
    }

    /// An array; `items` adds each as a value.
    pub fn array(&mut self, items: impl FnOnce(&mut Self)) {
        self.nest(['[', ']'], items);
    }

    /// An array of texts.
    pub fn texts(&mut self, texts: &[&str]) {
        self.array(|json| texts.iter().for_each(|t| json.text(t)));
    }

    /// The name of the value that follows.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.text.push(':');
        self
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.separate();
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.text.push('\\');
                    self.text.push(c);
                }
                c if c < ' ' => write_to(&mut self.text, format_args!("\\u{:04x}", c as u32)),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    /// A finite number.
    pub fn number(&mut self, x: f64) {
        self.separate();
        write_to(&mut self.text, format_args!("{x}"));
    }

    /// A truth value.
    pub fn flag(&mut self, flag: bool) {
        self.separate();
        self.text.push_str(if flag { "true" } else { "false" });
    }

    /// Nothing.
    pub fn null(&mut self) {
        self.separate();
        self.text.push_str("null");
    }

    /// A comma, where a value went before in the same object or array.
    fn separate(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['{', '[', ':', ',']) {
            self.text.push(',');
        }
    }

    fn nest(&mut self, [open, close]: [char; 2], content: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push(open);
        content(self);
        self.text.push(close);
    }
}

/// Writing to a `String` cannot fail.
fn write_to(text: &mut String, arguments: core::fmt::Arguments<'_>) {
    let written = text.write_fmt(arguments);
    debug_assert!(written.is_ok());
}
