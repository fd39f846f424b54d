//! What an indicator is in code, and the one form in which everything else handles it.

use crate::columns::{Columns, Outputs, Scratch};
use crate::error::{Code, Error};
use crate::kernels::Visitor;
use crate::params::Params;
use crate::spec::{ParamKind, ResultKind, Rows, Spec};
use crate::table::Table;
use crate::told::Told;

/// An indicator: a definition and a machine made of kernels.
pub trait Indicator: Clone + Send + 'static {
    /// The definition.
    const SPEC: Spec;

    /// Builds the machine.
    fn new(params: &Params) -> Self;

    /// Takes the next bars, at least one, and writes as many values to each output. Any split of a
    /// series into calls gives the same bits.
    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch);

    /// Shows every kernel once. Taking back a bar and snapshots follow from it.
    fn visit(&mut self, visitor: &mut dyn Visitor);

    /// For a [`ResultKind::Report`](crate::ResultKind): writes the rows, if they are a state, and the
    /// summary, both as the last bar left them. Called once for a series, and of a stream whenever
    /// somebody asks. Whatever it keeps for the next time must not change what it writes.
    fn report(&mut self, _table: &mut Table) {}

    /// How many inputs must be given with these parameters.
    #[must_use]
    fn required_inputs(_params: &Params) -> usize {
        Self::SPEC.required_inputs()
    }
}

/// An [`Indicator`] without its type.
pub(crate) trait Machine: Send {
    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch);
    fn visit(&mut self, visitor: &mut dyn Visitor);
    fn report(&mut self, table: &mut Table);
}

impl<T: Indicator> Machine for T {
    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        Indicator::process(self, x, out, scratch);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        Indicator::visit(self, visitor);
    }

    fn report(&mut self, table: &mut Table) {
        if let ResultKind::Report { rows, .. } = T::SPEC.result {
            if rows == Rows::State {
                table.truncate(0);
            }
            Indicator::report(self, table);
        }
    }
}

/// What is done with a machine that is lent.
type Act<'a> = dyn FnMut(&mut dyn Machine) + 'a;

/// One line of the catalog.
#[derive(Debug)]
pub struct Entry {
    /// The definition.
    pub spec: Spec,
    build: fn(&Params) -> Box<dyn Machine>,
    with: fn(&Params, &mut Act<'_>),
    required_inputs: fn(&Params) -> usize,
}

impl Entry {
    /// The entry of an indicator type.
    #[must_use]
    pub const fn of<T: Indicator>() -> Self {
        Self {
            spec: Told::<T>::SPEC,
            build: |params| Box::new(T::new(params)),
            with: |params, act| act(&mut T::new(params)),
            required_inputs: T::required_inputs,
        }
    }

    pub(crate) fn build(&self, params: &Params) -> Box<dyn Machine> {
        (self.build)(params)
    }

    /// Hands over a machine that lives as long as the call: for a short series, the memory of a box
    /// would be felt.
    pub(crate) fn with(&self, params: &Params, mut act: impl FnMut(&mut dyn Machine)) {
        (self.with)(params, &mut act);
    }

    /// Checks how many inputs are given.
    ///
    /// # Errors
    /// [`Code::InputCount`], naming the first one missing.
    pub fn check_count(&self, params: &Params, given: usize) -> Result<(), Error> {
        let required = (self.required_inputs)(params);
        let spec = &self.spec;
        if (required..=spec.inputs.len()).contains(&given) {
            return Ok(());
        }
        let names: Vec<&str> = spec.inputs.iter().map(|i| i.name).collect();
        let bound = names.join(", ");
        let missing = spec.inputs.get(given).map_or("", |i| i.name);
        let message = if given > spec.inputs.len() {
            format!(
                "{} takes {} inputs ({bound}) but got {given}",
                spec.id,
                names.len()
            )
        } else if given >= spec.required_inputs() {
            let labels: Vec<_> = spec
                .params
                .iter()
                .filter(|p| !p.is_option())
                .filter_map(|p| match (params.text(p.name), p.kind) {
                    (Some(word), _) => Some(format!("{} {word:?}", p.name)),
                    (None, ParamKind::ChoiceOrInt { .. }) => {
                        Some(format!("{} {}", p.name, params.number(p.name)))
                    }
                    _ => None,
                })
                .collect();
            format!(
                "{} with {} needs the input {missing}",
                spec.id,
                labels.join(", ")
            )
        } else {
            format!("{} needs the inputs {bound} but got {given}", spec.id)
        };
        Err(Error::new(
            Code::InputCount,
            missing,
            given.to_string(),
            bound,
            message,
        ))
    }
}

/// Finds an indicator by its id.
///
/// # Errors
/// [`Code::UnknownIndicator`], with the ids that come closest.
pub fn find(id: &str) -> Result<&'static Entry, Error> {
    use crate::indicators::ALL;
    ALL.iter().find(|e| e.spec.id == id).ok_or_else(|| {
        let bound = ALL.iter().map(|e| e.spec.id).collect::<Vec<_>>().join(", ");
        let message = format!("unknown indicator {id:?}; there are {bound}");
        Error::new(Code::UnknownIndicator, "id", id, bound, message)
    })
}
