-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first of the coming appointments as the start screen shows them: see server/store/cpd-store-appointment.c. NULL:
-- nothing is kept. Whatever changes an appointment empties it, the writer then fills it anew.

ALTER TABLE summary ADD COLUMN coming TEXT;
ALTER TABLE summary ADD COLUMN coming_at INTEGER NOT NULL DEFAULT 0;  -- right from this moment on
ALTER TABLE summary ADD COLUMN coming_all INTEGER NOT NULL DEFAULT 0; -- there are no more than these
ALTER TABLE summary ADD COLUMN coming_run INTEGER NOT NULL DEFAULT 0; -- which run of the program wrote it: no other reads it

CREATE TRIGGER appointment_added AFTER INSERT ON appointment BEGIN
  UPDATE summary SET coming = NULL WHERE patient = NEW.patient AND coming IS NOT NULL;
END;
CREATE TRIGGER appointment_changed AFTER UPDATE ON appointment BEGIN
  UPDATE summary SET coming = NULL WHERE patient IN (OLD.patient, NEW.patient) AND coming IS NOT NULL;
END;
CREATE TRIGGER appointment_deleted AFTER DELETE ON appointment BEGIN
  UPDATE summary SET coming = NULL WHERE patient = OLD.patient AND coming IS NOT NULL;
END;
