SELECT phial_guard('kept_answers', 'SELECT, INSERT, UPDATE, DELETE');
