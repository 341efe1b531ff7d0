SELECT phial_guard('papers', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('paper_pages', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('chunks', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('libraries', 'SELECT, INSERT, UPDATE'),
       phial_guard('upload_batches', 'SELECT, INSERT, DELETE'),
       phial_guard('upload_slots', 'SELECT, INSERT, DELETE');
