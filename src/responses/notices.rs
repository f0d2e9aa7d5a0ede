//! Notices: what is said about a published wave later, numbered from 1 without gaps. They are only ever added.

use diesel::dsl::max;
use diesel::prelude::*;
use domain::WaveId;
use secrecy::SecretSlice;
use storage::{bind, on_each};

use crate::Responses;
use crate::error::{CallerOr, ResponsesError};
use crate::schema::{notice, release, wave};

/// A notice of a wave.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredNotice {
    /// The notice, byte for byte as it was signed.
    pub document: Vec<u8>,
    /// The signature with the wave's notices key.
    pub signature: Vec<u8>,
}

impl Responses {
    /// Adds a notice to a published wave and returns its number; durable before this returns.
    ///
    /// `write` makes the notice that bears the given number. It may be asked more than once, with other numbers, because others may write at the
    /// same time.
    ///
    /// # Errors
    /// What `write` returns, after which nothing is stored; [`ResponsesError::NotPublished`].
    pub fn add_notice<E: From<ResponsesError>>(
        &self,
        id: &WaveId,
        mut write: impl FnMut(u32) -> Result<StoredNotice, E>,
    ) -> Result<u32, E> {
        let added = self.database.write(|conn| {
            let published: i64 = on_each!(conn, |c| release::table.filter(release::wave.eq(bind(id))).count().get_result(c))
                .map_err(ResponsesError::from)?;
            if published == 0 {
                return Err(ResponsesError::NotPublished { wave: id.clone() }.into());
            }
            let last: Option<u32> =
                on_each!(conn, |c| notice::table.filter(notice::wave.eq(bind(id))).select(max(notice::number)).first(c))
                    .map_err(ResponsesError::from)?;
            let number = last.unwrap_or(0).saturating_add(1);
            let new = write(number).map_err(CallerOr::Caller)?;
            on_each!(conn, |c| diesel::insert_into(notice::table)
                .values((
                    notice::wave.eq(bind(id)),
                    notice::number.eq(bind(number)),
                    notice::document.eq(&new.document),
                    notice::signature.eq(&new.signature),
                ))
                .execute(c))
            .map_err(ResponsesError::from)?;
            Ok(number)
        });
        added.map_err(CallerOr::into_caller)
    }

    /// The notices of a wave in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn notices(&self, id: &WaveId) -> Result<Vec<StoredNotice>, ResponsesError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| notice::table
                .filter(notice::wave.eq(bind(id)))
                .order(notice::number)
                .select((notice::document, notice::signature))
                .load(c))?)
        })
    }

    /// The private key that signs notices; `None` when there is no such wave, it is of an earlier version, or it ended without a Release.
    ///
    /// # Errors
    /// When the database fails.
    pub fn notices_key(&self, id: &WaveId) -> Result<Option<SecretSlice<u8>>, ResponsesError> {
        self.database.read(|conn| {
            let key: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::notices_key).first(c).optional())?;
            Ok(key.flatten().map(SecretSlice::from))
        })
    }
}
