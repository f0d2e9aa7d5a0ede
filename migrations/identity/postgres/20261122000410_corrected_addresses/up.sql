-- How many addresses of a round were changed after its launch. Everybody is told; who it was stands nowhere.
ALTER TABLE wave ADD COLUMN addresses_changed bigint NOT NULL DEFAULT 0;

-- A further kind of mail: it tells the address that somebody had before.
ALTER TABLE mail_job DROP CONSTRAINT mail_job_kind_check;
ALTER TABLE mail_job ADD CONSTRAINT mail_job_kind_check CHECK (kind IN ('invitation', 'reminder', 'closing', 'aborted', 'moved'));

-- Where the mail goes, if not to the person's address.
ALTER TABLE mail_job ADD COLUMN address text COLLATE "C";
ALTER TABLE mail_job ADD CONSTRAINT mail_job_address_check CHECK ((kind = 'moved') = (address IS NOT NULL));
