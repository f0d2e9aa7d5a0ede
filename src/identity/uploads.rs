//! A staff list that was uploaded and waits to be taken over: exactly these bytes, onto exactly the list they were compared with.
//!
//! At most one waits, so an upload replaces the one before it. It holds what the staff list holds and nothing else, and ends by itself.

use diesel::prelude::*;
use domain::roster::{Roster, RosterProblems, parse_csv};
use domain::{Language, Moment};
use sha2::{Digest, Sha256};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::schema::staff_upload;
use crate::staff_list::{self, RosterChange};

const LIST_LABEL: &[u8] = b"candor/v1/staff-list\0";
const PREVIEW_LABEL: &[u8] = b"candor/v1/staff-preview\0";

/// What a preview was made of: SHA-256 over the uploaded bytes, what they are read with, and the staff list they were compared with.
pub type PreviewHash = [u8; 32];

/// A staff list that waits to be taken over.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = staff_upload)]
pub struct StaffUpload {
    /// What its preview was made of.
    pub preview: PreviewHash,
    compared_with: [u8; 32],
    /// The file as the person named it.
    pub file_name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// The language of people for whom the file gives none.
    pub language: Language,
    /// The login of whoever uploaded it.
    pub uploaded_by: String,
    /// When it is thrown away.
    pub expires_at: Moment,
}

impl std::fmt::Debug for StaffUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffUpload").field("bytes", &self.content.len()).field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

impl StaffUpload {
    /// The list that the bytes hold.
    ///
    /// # Errors
    /// [`RosterProblems`]; not for an upload that was kept.
    pub fn read(&self) -> Result<domain::roster::RosterImport, RosterProblems> {
        parse_csv(&self.file_name, &self.content, &self.language)
    }
}

/// A file that somebody uploads.
pub struct NewUpload {
    /// The file as the person named it.
    pub file_name: String,
    /// Its bytes, which hold a staff list without a fault.
    pub content: Vec<u8>,
    /// The language of people for whom the file gives none.
    pub language: Language,
    /// The login of whoever uploads it.
    pub uploaded_by: String,
    /// When it is thrown away, unless it was taken over before.
    pub expires_at: Moment,
}

impl Identity {
    /// Keeps a file until it is taken over, in place of any other that waits; returns what its preview is made of.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_upload(&self, new: &NewUpload) -> Result<PreviewHash, IdentityError> {
        self.database.write(|conn| {
            let compared_with = hash_of(&staff_list::load(conn)?);
            let mut preview = Sha256::new().chain_update(PREVIEW_LABEL).chain_update(compared_with);
            for part in [new.language.as_str().as_bytes(), &new.content] {
                preview.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                preview.update(part);
            }
            let preview: PreviewHash = preview.finalize().into();
            on_each!(conn, |c| diesel::delete(staff_upload::table).execute(c))?;
            on_each!(conn, |c| diesel::insert_into(staff_upload::table)
                .values((
                    staff_upload::preview.eq(bind(preview)),
                    staff_upload::compared_with.eq(bind(compared_with)),
                    staff_upload::file_name.eq(&new.file_name),
                    staff_upload::content.eq(&new.content),
                    staff_upload::language.eq(bind(&new.language)),
                    staff_upload::uploaded_by.eq(&new.uploaded_by),
                    staff_upload::expires_at.eq(bind(new.expires_at)),
                ))
                .execute(c))?;
            Ok(preview)
        })
    }

    /// The staff list that waits to be taken over, and whether the list it was compared with is still today's.
    ///
    /// # Errors
    /// When the database fails.
    pub fn upload(&self, now: Moment) -> Result<Option<(StaffUpload, bool)>, IdentityError> {
        self.database.read(|conn| {
            let Some(upload) = waiting(conn, now)? else { return Ok(None) };
            let fits = hash_of(&staff_list::load(conn)?) == upload.compared_with;
            Ok(Some((upload, fits)))
        })
    }

    /// Takes an upload over, in one transaction, if it is the one of this preview and today's staff list is the one it was compared with.
    ///
    /// # Errors
    /// [`IdentityError::NoUpload`] and [`IdentityError::OtherList`]; the staff list stays as it was then.
    pub fn take_upload(&self, preview: &PreviewHash, now: Moment) -> Result<RosterChange, IdentityError> {
        // Read before the lock for writing is taken: the hash binds the bytes.
        let found = self.database.read(|conn| waiting(conn, now))?.filter(|upload| upload.preview == *preview);
        let roster = found.ok_or(IdentityError::NoUpload)?.read().map_err(|_| IdentityError::NoUpload)?.roster;
        self.database.write(|conn| {
            let upload = waiting(conn, now)?.filter(|upload| upload.preview == *preview).ok_or(IdentityError::NoUpload)?;
            let old = staff_list::load(conn)?;
            if hash_of(&old) != upload.compared_with {
                return Err(IdentityError::OtherList);
            }
            on_each!(conn, |c| diesel::delete(staff_upload::table).execute(c))?;
            staff_list::take_over(conn, &old, &roster, &self.author, &*self.told)
        })
    }

    /// Throws the upload of a preview away; done when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn drop_upload(&self, preview: &PreviewHash) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            on_each!(conn, |c| diesel::delete(staff_upload::table.filter(staff_upload::preview.eq(bind(preview)))).execute(c))?;
            Ok(())
        })
    }

    /// Throws away what waits for too long; returns how many uploads.
    ///
    /// # Errors
    /// When the database fails.
    pub fn expire_uploads(&self, now: Moment) -> Result<u32, IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::delete(staff_upload::table.filter(staff_upload::expires_at.le(bind(now)))).execute(c))?;
            Ok(u32::try_from(rows).unwrap_or(u32::MAX))
        })
    }
}

fn waiting(conn: &mut Conn<'_>, now: Moment) -> Result<Option<StaffUpload>, IdentityError> {
    Ok(on_each!(conn, |c| staff_upload::table
        .filter(staff_upload::expires_at.gt(bind(now)))
        .select(StaffUpload::as_select())
        .first(c)
        .optional())?)
}

/// SHA-256 over every person and team of a list, each field with its length.
fn hash_of(roster: &Roster) -> [u8; 32] {
    let mut hash = Sha256::new().chain_update(LIST_LABEL);
    let mut field = |text: &str| {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text);
    };
    field(&roster.people.len().to_string());
    for person in roster.people.values() {
        field(person.id.as_str());
        field(&person.name);
        field(&person.mail);
        field(person.team.as_ref().map_or("", |team| team.as_str()));
        field(person.language.as_str());
    }
    for (team, leaders) in &roster.teams {
        field(team.as_str());
        field(&leaders.len().to_string());
        for leader in leaders {
            field(leader.as_str());
        }
    }
    hash.finalize().into()
}
