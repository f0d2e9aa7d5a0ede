//! The tables as queries see them.

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Nullable, Text};
    use storage::sql_types::{Count, Id16, Key};

    account (id) {
        id -> Id16,
        login -> Text,
        role -> Key,
        password_hash -> Nullable<Text>,
        person -> Nullable<Key>,
        unit -> Nullable<Key>,
        disabled -> Bool,
        totp_secret -> Nullable<Binary>,
        totp_waiting -> Nullable<Binary>,
        totp_step -> Nullable<Count>,
    }
}

diesel::table! {
    use storage::sql_types::{Id16, Id32};

    recovery_code (hash) {
        hash -> Id32,
        account -> Id16,
    }
}

diesel::table! {
    use storage::sql_types::{Id16, Id32, Moment};

    account_link (account) {
        account -> Id16,
        hash -> Id32,
        expires_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable};
    use storage::sql_types::{Count, Id16, Moment};

    link_mail (account) {
        account -> Id16,
        not_before -> Moment,
        lease_until -> Nullable<Moment>,
        attempts -> Count,
        refused -> Bool,
    }
}

diesel::table! {
    use storage::sql_types::{Id16, Id32, Moment};

    known_device (hash) {
        hash -> Id32,
        account -> Id16,
        expires_at -> Moment,
    }
}

diesel::table! {
    use storage::sql_types::{Id16, Id32, Moment};

    session (token_hash) {
        token_hash -> Id32,
        account -> Id16,
        expires_at -> Moment,
    }
}

diesel::table! {
    use storage::sql_types::Key;

    team (label) {
        label -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use storage::sql_types::Key;

    person (id) {
        id -> Key,
        name -> Text,
        mail -> Text,
        team -> Nullable<Key>,
        language -> Key,
    }
}

diesel::table! {
    use storage::sql_types::{Count, Key};

    team_leader (team, position) {
        team -> Key,
        position -> Count,
        person -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use storage::sql_types::{Id32, Key, Moment};

    staff_upload (preview) {
        preview -> Id32,
        compared_with -> Id32,
        file_name -> Text,
        content -> Binary,
        language -> Key,
        uploaded_by -> Text,
        expires_at -> Moment,
    }
}

diesel::table! {
    use storage::sql_types::Key;

    team_then (person) {
        person -> Key,
        wave -> Key,
        team -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Nullable, Text};
    use storage::sql_types::{Count, Doc, Id16, Id32, Key, Moment};

    wave (id) {
        id -> Key,
        position -> Count,
        state -> Key,
        settings -> Doc,
        opens_at -> Nullable<Moment>,
        closing_at -> Nullable<Moment>,
        closed_at -> Nullable<Moment>,
        opened_at -> Nullable<Moment>,
        published_at -> Nullable<Moment>,
        aborted_at -> Nullable<Moment>,
        manifest_hash -> Nullable<Id32>,
        credential_key -> Nullable<Binary>,
        abort_reason -> Nullable<Text>,
        reminded -> Bool,
        key_folder -> Nullable<Id16>,
        last_event -> Nullable<Count>,
        planned_reminders -> Count,
        addresses_changed -> Count,
        extended_days -> Count,
        found_later -> Text,
        restored -> Bool,
    }
}

diesel::table! {
    use storage::sql_types::{Count, Key, Moment};

    participation (wave) {
        wave -> Key,
        looked_at -> Moment,
        taken_part -> Count,
        at_least -> Count,
    }
}

diesel::table! {
    use storage::sql_types::{Count, Doc};

    reorg_event (number) {
        number -> Count,
        event -> Doc,
    }
}

diesel::table! {
    use storage::sql_types::{Doc, Key};

    draft_groups (wave) {
        wave -> Key,
        named -> Doc,
    }
}

diesel::table! {
    use storage::sql_types::{Count, Doc, Key};

    wave_group (wave, group_no) {
        wave -> Key,
        group_no -> Count,
        leaf -> Doc,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Nullable, Text};
    use storage::sql_types::{Count, Key};

    wave_person (wave, person) {
        wave -> Key,
        person -> Key,
        name -> Text,
        mail -> Text,
        language -> Key,
        group_no -> Count,
        issued_blind -> Nullable<Binary>,
        opted_out -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::Nullable;
    use storage::sql_types::{Count, Key};

    wave_team (wave, team) {
        wave -> Key,
        team -> Key,
        above -> Nullable<Key>,
        group_no -> Count,
    }
}

diesel::table! {
    use storage::sql_types::{Count, Key};

    wave_team_leader (wave, team, position) {
        wave -> Key,
        team -> Key,
        position -> Count,
        person -> Key,
    }
}

diesel::table! {
    use storage::sql_types::{Id32, Key};

    link_secret (hash) {
        hash -> Id32,
        wave -> Key,
        person -> Key,
    }
}

diesel::table! {
    use storage::sql_types::{Id32, Key};

    unsubscribe_secret (hash) {
        hash -> Id32,
        wave -> Key,
        person -> Key,
    }
}

diesel::table! {
    use storage::sql_types::{Id32, Key};

    status_handle (hash) {
        hash -> Id32,
        wave -> Key,
        person -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::Bool;
    use storage::sql_types::{Id32, Key};

    card (hash) {
        hash -> Id32,
        wave -> Key,
        person -> Key,
        named -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use storage::sql_types::{Count, Id16, Key, Moment};

    mail_job (id) {
        id -> Id16,
        wave -> Key,
        person -> Key,
        kind -> Key,
        address -> Nullable<Text>,
        not_before -> Moment,
        lease -> Nullable<Id16>,
        lease_until -> Nullable<Moment>,
        attempts -> Count,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    use storage::sql_types::Key;

    mail_mark (wave, person) {
        wave -> Key,
        person -> Key,
        reason -> Key,
    }
}

diesel::table! {
    use storage::sql_types::{Count, Id16, Key};

    read_code (wave, group_no) {
        wave -> Key,
        group_no -> Count,
        code -> Id16,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use storage::sql_types::{Count, Id32, Moment};

    promise_log (number) {
        number -> Count,
        at -> Moment,
        actor -> Text,
        event -> Text,
        previous -> Id32,
        fingerprint -> Id32,
    }
}

diesel::allow_tables_to_appear_in_same_query!(account, account_link, known_device, person, session);
diesel::allow_tables_to_appear_in_same_query!(
    card,
    link_secret,
    mail_job,
    mail_mark,
    status_handle,
    unsubscribe_secret,
    wave,
    wave_group,
    wave_person,
    wave_team,
    wave_team_leader,
);
