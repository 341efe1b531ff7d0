SELECT phial_guard('votes', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('vote_totals', 'SELECT, INSERT, UPDATE'),
       phial_guard('flags', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('flag_decisions', 'SELECT, INSERT'),
       phial_guard('rank_impressions', 'SELECT, INSERT, DELETE'),
       phial_guard('rankers', 'SELECT, INSERT, UPDATE');
--> statement-breakpoint
ALTER TABLE votes ADD CONSTRAINT votes_value CHECK (value IN (-1, 1));
--> statement-breakpoint
ALTER TABLE vote_totals ADD CONSTRAINT vote_totals_counts CHECK (up >= 0 AND down >= 0);
