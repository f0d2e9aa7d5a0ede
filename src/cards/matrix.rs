//! The squares of a QR code.

use qrcode::{Color, EcLevel, QrCode};

use crate::PrintProblem;

/// The quiet zone that a reader needs on every side, in modules (ISO/IEC 18004).
pub(crate) const QUIET: usize = 4;

/// A QR code as rows of squares, without its quiet zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Modules {
    /// Squares of a side.
    pub side: usize,
    /// Whether each square is dark, row by row.
    pub dark: Vec<bool>,
}

impl std::fmt::Debug for Modules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Modules").field("side", &self.side).finish_non_exhaustive()
    }
}

/// The QR code of a text, which can be read with up to 15 % of it damaged.
///
/// # Errors
/// [`PrintProblem::LinkTooLong`].
pub fn modules(text: &str) -> Result<Modules, PrintProblem> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| PrintProblem::LinkTooLong { length: text.len() })?;
    Ok(Modules { side: code.width(), dark: code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect() })
}
