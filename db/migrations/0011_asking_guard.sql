SELECT phial_guard('conversations', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('conversation_papers', 'SELECT, INSERT, DELETE'),
       phial_guard('messages', 'SELECT, INSERT, DELETE'),
       phial_guard('answers', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('answer_passages', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('conversation_events', 'SELECT, INSERT, DELETE');
