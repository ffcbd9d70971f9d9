namespace Ledger.Node.Records;

/// <summary>
/// The tables of a record store, a step for each version of the format. What was released is never changed: a new
/// version is a new step. Written in SQLite's words; a backend translates them.
/// </summary>
internal static class RecordSchema
{
    /// <summary>The version that the steps lead to.</summary>
    public const long Version = 4;

    private const string First = """
        CREATE TABLE records (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            type INTEGER NOT NULL,
            id TEXT NOT NULL,
            actor TEXT NOT NULL,
            verb TEXT NOT NULL,
            time_ms INTEGER NOT NULL,
            stored_ms INTEGER NOT NULL,
            authority TEXT NOT NULL,
            committed BLOB NOT NULL,
            salt BLOB NOT NULL,
            commitment BLOB NOT NULL,
            key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL,
            state INTEGER NOT NULL,
            height INTEGER,
            llpc BLOB,
            writer_index INTEGER,
            refusal TEXT,
            UNIQUE (type, id),
            UNIQUE (key_version, hashed_id)
        ) STRICT;
        CREATE INDEX records_by_actor ON records (type, actor, verb, sequence);
        CREATE INDEX records_by_verb ON records (type, verb, sequence);
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence)
        ) STRICT;
        CREATE TABLE signed_batches (
            transaction_id BLOB PRIMARY KEY,
            bytes BLOB NOT NULL,
            last_valid_ms INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE signed_batch_records (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence),
            transaction_id BLOB NOT NULL REFERENCES signed_batches (transaction_id)
        ) STRICT;
        CREATE INDEX signed_batch_records_by_batch ON signed_batch_records (transaction_id);
        CREATE TABLE locator_keys (
            version INTEGER PRIMARY KEY,
            check_value BLOB NOT NULL
        ) STRICT;
        """;

    // The index of keys takes over what the two indexes of records did. A row of it says: the statement `holder` is
    // found by the key of the statement `origin`, which is itself or one that it refers to. `backlog` holds the first
    // record that a migration still has to enter there, and is empty otherwise.
    private const string Second = """
        DROP INDEX records_by_actor;
        DROP INDEX records_by_verb;
        ALTER TABLE records ADD COLUMN version TEXT NOT NULL DEFAULT '1.0.0';
        ALTER TABLE records ADD COLUMN voided INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE search_keys (
            key BLOB NOT NULL,
            holder INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            PRIMARY KEY (key, holder, origin)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE statement_targets (
            target TEXT NOT NULL,
            source INTEGER NOT NULL,
            voids INTEGER NOT NULL,
            PRIMARY KEY (target, source)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE activities (
            id TEXT NOT NULL PRIMARY KEY,
            definition BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE agent_names (
            agent TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (agent, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE attachments (
            digest BLOB NOT NULL PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE documents (
            kind INTEGER NOT NULL,
            activity TEXT NOT NULL,
            agent TEXT NOT NULL,
            registration TEXT NOT NULL,
            id TEXT NOT NULL,
            content_type TEXT NOT NULL,
            content BLOB NOT NULL,
            updated_ms INTEGER NOT NULL,
            PRIMARY KEY (kind, activity, agent, registration, id)
        ) STRICT;
        CREATE TABLE backlog (
            next INTEGER NOT NULL PRIMARY KEY
        ) STRICT;
        INSERT INTO backlog (next) SELECT 1 WHERE EXISTS (SELECT 1 FROM records);
        """;

    // The index of keys gives lists their records too, of both kinds; `listing_backlog` is for it what `backlog` is for
    // the others.
    private const string Third = """
        ALTER TABLE records ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE listing_backlog (
            next INTEGER NOT NULL PRIMARY KEY
        ) STRICT;
        INSERT INTO listing_backlog (next) SELECT 1 WHERE EXISTS (SELECT 1 FROM records);
        """;

    // What rows hold is sealed, and found by digests under the institution's index key. What stood there in clear waits
    // in tables of other names until it is sealed, see `SealingBacklog`; marks that orders to erase were done are kept.
    // `sealing_backlog` says how far that is: 1 while those tables are there, 2 while files may still hold their bytes.
    private const string Fourth = """
        ALTER TABLE records RENAME TO plain_records;
        ALTER TABLE outbox RENAME TO plain_outbox;
        DROP INDEX signed_batch_records_by_batch;
        ALTER TABLE signed_batch_records RENAME TO plain_batch_records;
        ALTER TABLE activities RENAME TO plain_activities;
        ALTER TABLE agent_names RENAME TO plain_names;
        ALTER TABLE attachments RENAME TO plain_attachments;
        ALTER TABLE documents RENAME TO plain_documents;
        ALTER TABLE search_keys RENAME TO plain_search_keys;
        DROP TABLE statement_targets;
        DROP TABLE listing_backlog;
        CREATE TABLE sealing_keys (
            id BLOB NOT NULL PRIMARY KEY
        ) STRICT;
        CREATE TABLE records (
            sequence INTEGER PRIMARY KEY,
            type INTEGER NOT NULL,
            id BLOB,
            actor BLOB NOT NULL,
            verb BLOB NOT NULL,
            stored_ms INTEGER NOT NULL,
            commitment BLOB NOT NULL,
            key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL,
            state INTEGER NOT NULL,
            height INTEGER,
            llpc BLOB,
            writer_index INTEGER,
            voided INTEGER NOT NULL DEFAULT 0,
            late INTEGER NOT NULL DEFAULT 0,
            content BLOB NOT NULL,
            UNIQUE (id),
            UNIQUE (key_version, hashed_id)
        ) STRICT;
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence)
        ) STRICT;
        CREATE TABLE signed_batch_records (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence),
            transaction_id BLOB NOT NULL REFERENCES signed_batches (transaction_id)
        ) STRICT;
        CREATE INDEX signed_batch_records_by_batch ON signed_batch_records (transaction_id);
        CREATE TABLE search_keys (
            key BLOB NOT NULL,
            holder INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            PRIMARY KEY (key, holder, origin)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO search_keys (key, holder, origin)
            SELECT key, holder, origin FROM plain_search_keys WHERE holder = 0;
        DROP TABLE plain_search_keys;
        CREATE TABLE statement_targets (
            target BLOB NOT NULL,
            source INTEGER NOT NULL,
            voids INTEGER NOT NULL,
            PRIMARY KEY (target, source)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE activities (
            id BLOB NOT NULL PRIMARY KEY,
            definition BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE agent_names (
            agent BLOB NOT NULL,
            name BLOB NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (agent, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE attachments (
            digest BLOB NOT NULL PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE attachment_keys (
            digest BLOB NOT NULL,
            person BLOB NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (digest, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attachment_keys_by_person ON attachment_keys (person);
        CREATE TABLE documents (
            kind INTEGER NOT NULL,
            activity BLOB NOT NULL,
            agent BLOB NOT NULL,
            registration BLOB NOT NULL,
            id BLOB NOT NULL,
            head BLOB NOT NULL,
            content BLOB NOT NULL,
            updated_ms INTEGER NOT NULL,
            PRIMARY KEY (kind, activity, agent, registration, id)
        ) STRICT;
        CREATE TABLE condemned_keys (
            id INTEGER NOT NULL PRIMARY KEY,
            person BLOB NOT NULL
        ) STRICT;
        CREATE TABLE sealing_backlog (
            stage INTEGER NOT NULL PRIMARY KEY
        ) STRICT;
        INSERT INTO sealing_backlog (stage) VALUES (1);
        """;

    /// <summary>What leads from each version to the next, from 0.</summary>
    public static IReadOnlyList<string> Steps { get; } = [First, Second, Third, Fourth];

    /// <summary>
    /// Each table with its key, in an order in which rows may be inserted; <c>sealing_backlog</c> is no content.
    /// </summary>
    public static IReadOnlyList<RecordTable> Tables { get; } =
    [
        new("sealing_keys", ["id"], []),
        new("locator_keys", ["version"], ["check_value"]),
        new(
            "records",
            ["sequence"],
            [
                "type", "id", "actor", "verb", "stored_ms", "commitment", "key_version", "hashed_id", "state", "height",
                "llpc", "writer_index", "voided", "late", "content",
            ]),
        new("outbox", ["sequence"], []),
        new("signed_batches", ["transaction_id"], ["bytes", "last_valid_ms"]),
        new("signed_batch_records", ["sequence"], ["transaction_id"]),
        new("search_keys", ["key", "holder", "origin"], []),
        new("statement_targets", ["target", "source"], ["voids"]),
        new("activities", ["id"], ["definition"]),
        new("agent_names", ["agent", "name"], ["content"]),
        new("attachments", ["digest"], ["content"]),
        new("attachment_keys", ["digest", "person"], ["content"]),
        new(
            "documents",
            ["kind", "activity", "agent", "registration", "id"],
            ["head", "content", "updated_ms"]),
        new("condemned_keys", ["id"], ["person"]),
    ];
}
