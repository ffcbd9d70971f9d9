namespace Ledger.Node.Records;

/// <summary>
/// Copies a record store from one database to another, whichever they are. Each page is a transaction, so that a move
/// that was stopped goes on where it was; at the end both are read again and compared. What is sealed is carried as it
/// is: the keys are the institution's, not the database's. Nothing else may use either.
/// </summary>
public sealed class StoreMove
{
    /// <summary>Rows of a page where a row is small.</summary>
    private const int PageRows = 1_000;

    /// <summary>Rows of a page where a row may be an attachment of 32 MiB.</summary>
    private const int PageRowsOfBytes = 4;

    /// <summary>Tables that change in place: what a stopped move left of them is copied anew.</summary>
    private static readonly string[] Changing =
    [
        "signed_batch_records", "outbox", "signed_batches", "documents", "activities", "agent_names", "condemned_keys",
    ];

    private readonly IRecordBackend from;
    private readonly IRecordBackend to;
    private readonly IProgress<MoveProgress> progress;

    /// <summary>From one database to another; progress is told after each page.</summary>
    public StoreMove(IRecordBackend from, IRecordBackend to, IProgress<MoveProgress> progress)
    {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /// <summary>
    /// Copies and compares; returns how many records there are. Throws <see cref="RecordStoreException"/> when the
    /// target holds another store, or is not the same in the end.
    /// </summary>
    public long Run(CancellationToken cancellation)
    {
        using StoreSession source = Open(from);
        using StoreSession target = Open(to);
        RequireCopyOf(source, target);
        target.Write(transaction =>
        {
            foreach (string table in Changing)
            {
                RecordDatabase.Execute(target.Connection, transaction, $"DELETE FROM {table}");
            }
        });
        foreach (RecordTable table in RecordSchema.Tables)
        {
            Copy(source, target, table, cancellation);
        }

        foreach (RecordTable table in RecordSchema.Tables)
        {
            Compare(source, target, table, cancellation);
        }

        using TableRows records = Rows(source, RecordSchema.Tables.Single(table => table.Name == "records"));
        return records.Count();
    }

    private static StoreSession Open(IRecordBackend backend)
    {
        StoreSession session = new(backend);
        try
        {
            bool isNew = RecordMigrations.Apply(session, backend);
            SealingBacklog.RequireNone(session, backend, isNew);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // The salt of a commitment is drawn at random: two stores do not share one by chance.
    private void RequireCopyOf(StoreSession source, StoreSession target)
    {
        const string First = "SELECT commitment FROM records ORDER BY sequence LIMIT 1";
        byte[]? theirs = RecordDatabase.Scalar(target.Connection, null, First) as byte[];
        byte[]? ours = RecordDatabase.Scalar(source.Connection, null, First) as byte[];
        if (theirs is not null && (ours is null || !theirs.AsSpan().SequenceEqual(ours)))
        {
            throw new RecordStoreException($"{to.Name} holds another record store. Name an empty database.");
        }
    }

    private void Copy(
        StoreSession source, StoreSession target, RecordTable table, CancellationToken cancellation)
    {
        using TableRows rows = Rows(source, table);
        using TableRows copied = Rows(target, table);
        using RowInserter inserter = new(target.Connection, table.Name, table.Columns, string.Empty);
        long total = rows.Count();
        long done = copied.Count();
        object[]? last = copied.LastKey();
        while (rows.PageAfter(last) is { Count: > 0 } page)
        {
            cancellation.ThrowIfCancellationRequested();
            target.Write(transaction => inserter.Insert(transaction, [.. page.SelectMany(static row => row)]));
            last = rows.KeyOf(page[^1]);
            done += page.Count;
            progress.Report(new MoveProgress(table.Name, IsComparing: false, done, total));
        }
    }

    private void Compare(
        StoreSession source, StoreSession target, RecordTable table, CancellationToken cancellation)
    {
        long total;
        using (TableRows rows = Rows(source, table))
        {
            total = 2 * rows.Count();
        }

        byte[] ours = Digest(source, table, 0, total, cancellation);
        byte[] theirs = Digest(target, table, total / 2, total, cancellation);
        if (!ours.AsSpan().SequenceEqual(theirs))
        {
            throw new RecordStoreException(
                $"The table {table.Name} of {to.Name} is not that of {from.Name}: one of them was used meanwhile. "
                + "Empty the target and move again while the node is stopped.");
        }
    }

    private byte[] Digest(
        StoreSession session, RecordTable table, long before, long total, CancellationToken cancellation)
    {
        using TableRows rows = Rows(session, table);
        using TableDigest digest = new();
        object[]? last = null;
        long done = before;
        while (rows.PageAfter(last) is { Count: > 0 } page)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (object[] row in page)
            {
                digest.Add(row);
            }

            last = rows.KeyOf(page[^1]);
            done += page.Count;
            progress.Report(new MoveProgress(table.Name, IsComparing: true, done, total));
        }

        return digest.Finish();
    }

    private static TableRows Rows(StoreSession session, RecordTable table) => new(
        session.Connection, table, table.Name is "attachments" or "documents" ? PageRowsOfBytes : PageRows);
}
