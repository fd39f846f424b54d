//! Describes the members of a set, one word at a time.

use tvf_core::{Arg, Error, Member, Params, Profile, Setting, Signature, Source, find};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;

#[wasm_bindgen]
impl Exchange {
    /// Begins a member. One begun inside another becomes a source of it.
    pub fn begin(&mut self, id: String) {
        self.open.push(Member {
            id,
            ..Member::default()
        });
    }

    /// Says which definition the member follows.
    pub fn compat(&mut self, word: &str) -> bool {
        let profile = self.attempt(|_| Profile::parse(word));
        if let (Some(member), Some(profile)) = (self.open.last_mut(), profile) {
            member.profile = profile;
        }
        profile.is_some()
    }

    /// Sets a parameter to a number.
    pub fn number(&mut self, name: String, value: f64) {
        if let Some(member) = self.open.last_mut() {
            member.settings.push((name, Setting::Number(value)));
        }
    }

    /// Sets a parameter to a word, or an input to a column: the definition tells which.
    pub fn word(&mut self, name: String, value: String) {
        let Some(member) = self.open.last_mut() else {
            return;
        };
        let spec = find(&member.id).map(|entry| &entry.spec);
        let is_input =
            |s: &&tvf_core::Spec| s.param_index(&name).is_none() && s.input_index(&name).is_some();
        if spec.as_ref().is_ok_and(is_input) {
            member.sources.push((name, Source::Column(value)));
        } else {
            member.settings.push((name, Setting::Text(value)));
        }
    }

    /// Ends the member and makes it the source of an input of the one around it. Without `output`
    /// its first output is meant.
    pub fn source(&mut self, input: String, output: Option<String>) {
        let Some(member) = self.open.pop() else {
            return;
        };
        if let Some(around) = self.open.last_mut() {
            around
                .sources
                .push((input, Source::Member(Box::new(member), output)));
        }
    }

    /// Ends the member.
    pub fn end(&mut self) {
        self.members.extend(self.open.pop());
    }
}

impl Exchange {
    /// The only member, where no sources are possible: its inputs come with the call.
    pub(crate) fn single(&self) -> Result<Params, Error> {
        let entry = find(self.id())?;
        self.params(&entry.spec)
    }

    /// The id of the only member.
    pub(crate) fn id(&self) -> &str {
        self.members.first().map_or("", |m| m.id.as_str())
    }

    /// The parameters of the only member.
    pub(crate) fn params(&self, signature: impl Into<Signature>) -> Result<Params, Error> {
        let Some(member) = self.members.first() else {
            return Params::named(signature, Profile::default(), []);
        };
        let settings = member.settings.iter().map(|(name, setting)| {
            let arg = match setting {
                Setting::Number(x) => Arg::Number(*x),
                Setting::Text(text) => Arg::Text(text),
            };
            (name.as_str(), arg)
        });
        let sources = member
            .sources
            .iter()
            .map(|(name, _)| (name.as_str(), Arg::Text("")));
        Params::named(signature, member.profile, settings.chain(sources))
    }
}
