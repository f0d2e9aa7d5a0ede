-- Finds the mails that are due among the many that wait, without reading the whole queue.

CREATE INDEX mail_job_due ON mail_job (not_before, id);
