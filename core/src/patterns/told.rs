//! Definitions of families as a build carries them: with the texts that people read, or without.

use core::marker::PhantomData;

use super::family::{Detector, Family, Word};
use crate::spec::{MAX_PARAMS, Param};
use crate::told::untold_params;

/// Most words of one kind that a family may have.
const MAX_WORDS: usize = 64;

/// The definition of a family for [`FAMILIES`](super::FAMILIES).
pub(super) struct Told<T>(PhantomData<T>);

impl<T: Detector> Told<T> {
    pub(super) const FAMILY: Family = if cfg!(feature = "texts") {
        T::FAMILY
    } else {
        Family {
            summary: "",
            rules: &[],
            source: "",
            params: Self::PARAMS.split_at(T::FAMILY.params.len()).0,
            shapes: Self::WORDS[0].split_at(T::FAMILY.shapes.len()).0,
            roles: Self::WORDS[1].split_at(T::FAMILY.roles.len()).0,
            parts: Self::WORDS[2].split_at(T::FAMILY.parts.len()).0,
            targets: Self::WORDS[3].split_at(T::FAMILY.targets.len()).0,
            conditions: Self::WORDS[4].split_at(T::FAMILY.conditions.len()).0,
            ..T::FAMILY
        }
    };

    const PARAMS: &'static [Param] = &untold_params(T::FAMILY.params) as &[Param; MAX_PARAMS];
    const WORDS: &'static [[Word; MAX_WORDS]; 5] = &[
        untold(T::FAMILY.shapes),
        untold(T::FAMILY.roles),
        untold(T::FAMILY.parts),
        untold(T::FAMILY.targets),
        untold(T::FAMILY.conditions),
    ];
}

const fn untold(told: &[Word]) -> [Word; MAX_WORDS] {
    let mut words = [Word { name: "", doc: "" }; MAX_WORDS];
    let mut i = 0;
    while i < told.len() {
        words[i].name = told[i].name;
        i += 1;
    }
    words
}
