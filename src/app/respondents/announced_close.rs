//! Until when a round takes answers: the close of its promise sheet, or the later one of its extension. The same for everybody who asks.

use actix_web::{HttpResponse, web};
use domain::wave::Pace;
use domain::{Moment, Schedule, WaveId};
use identity::IdentityError;

use super::frozen::{FrozenWaves, NotAtHand};
use super::pages::{no_such_page, not_at_hand, not_available};
use crate::installation::Installation;
use crate::operating::log::Seldom;

/// The failures of this file that the log tells of.
static FAILED: Seldom = Seldom::new();

/// The announced close, and by how many days it was put off.
struct Announced {
    closes_at: Moment,
    extended_days: u32,
}

/// Why the announced close is not known.
enum Unknown {
    Database(IdentityError),
    Wave,
    /// Stored is a longer extension than the promise sheet declares.
    Extension,
}

impl Announced {
    fn of(installation: &Installation, wave: &WaveId, promised: &Schedule) -> Result<Self, Unknown> {
        // Nothing to look up where nothing can have changed.
        let extended_days = if promised.extension_days == 0 {
            0
        } else {
            installation.identity.wave(wave).map_err(Unknown::Database)?.ok_or(Unknown::Wave)?.extended_days
        };
        let schedule = promised.extended_by(extended_days).map_err(|refused| {
            FAILED.error("a round is stored as extended further than its promise sheet allows", &refused);
            Unknown::Extension
        })?;
        Ok(Self { closes_at: schedule.closes_at, extended_days })
    }
}

/// `GET /w/<wave>/close`. Where somebody sets the moments by hand there is nothing to tell.
pub(super) async fn read(installation: web::Data<Installation>, waves: web::Data<FrozenWaves>, wave: WaveId) -> HttpResponse {
    let look_up = move || {
        let held = waves.get(&wave)?;
        let promised = &held.promises().schedule;
        if promised.pace == Pace::Manual {
            return Err(NotAtHand::UnknownWave);
        }
        let announced = Announced::of(&installation, &wave, promised).map_err(|unknown| match unknown {
            Unknown::Database(error) if error.is_unavailable() => NotAtHand::Unavailable,
            Unknown::Wave => NotAtHand::UnknownWave,
            Unknown::Database(_) | Unknown::Extension => NotAtHand::Unreadable,
        })?;
        Ok((wave, announced))
    };
    match web::block(look_up).await {
        Ok(Ok((wave, Announced { closes_at, extended_days }))) => HttpResponse::Ok()
            .json(serde_json::json!({"format": "candor-close/1", "wave": wave, "closes_at": closes_at, "extended_days": extended_days})),
        Ok(Err(NotAtHand::UnknownWave)) => no_such_page(),
        Ok(Err(problem)) => not_at_hand(&problem),
        Err(_) => not_available(),
    }
}
