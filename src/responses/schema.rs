//! The tables as queries see them.

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use storage::sql_types::{Doc, Key};

    frozen (wave) {
        wave -> Key,
        manifest -> Binary,
        group_list -> Doc,
        instrument -> Binary,
        page -> Binary,
        client_js -> Binary,
        client_css -> Binary,
        countersignature -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use storage::sql_types::{Doc, Key};

    prepared (wave) {
        wave -> Key,
        manifest -> Binary,
        group_list -> Doc,
        instrument -> Binary,
        page -> Binary,
        client_js -> Binary,
        client_css -> Binary,
        credential_key -> Binary,
        board_key -> Binary,
        notices_key -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use storage::sql_types::Key;

    prepared_words (wave, language) {
        wave -> Key,
        language -> Key,
        document -> Binary,
        later -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use storage::sql_types::Key;

    words (wave, language) {
        wave -> Key,
        language -> Key,
        document -> Binary,
        later -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Nullable, Text};
    use storage::sql_types::{Count, Key};

    wave (id) {
        id -> Key,
        gate -> Key,
        credential_key -> Nullable<Binary>,
        board_key -> Nullable<Binary>,
        notices_key -> Nullable<Binary>,
        board -> Nullable<Binary>,
        opening -> Nullable<Binary>,
        objections -> Count,
        objections_answer -> Nullable<Text>,
        restored -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use storage::sql_types::{Count, Id32};

    ballot (nonce) {
        nonce -> Id32,
        group_no -> Count,
        mac -> Id32,
        ct -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use storage::sql_types::{Id32, Key};

    release (wave) {
        wave -> Key,
        document -> Binary,
        sha256 -> Id32,
        signature -> Binary,
        holder_signature -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use storage::sql_types::Key;

    handed_in (wave) {
        wave -> Key,
        document -> Binary,
        signature -> Binary,
    }
}

diesel::table! {
    use storage::sql_types::{Id32, Key};

    objection (wave, leaf) {
        wave -> Key,
        leaf -> Id32,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use storage::sql_types::{Count, Key};

    notice (wave, number) {
        wave -> Key,
        number -> Count,
        document -> Binary,
        signature -> Binary,
    }
}

diesel::joinable!(release -> wave (wave));
diesel::joinable!(frozen -> wave (wave));
diesel::allow_tables_to_appear_in_same_query!(wave, release, frozen);
