using System.Globalization;
using Ledger.Client.Records;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Hands this store's statements to another xAPI store, in the order of their intake. The cursor is the number of the
/// last record that the other store has. What is sent again after a crash bears the same id, so the other store keeps
/// one.
/// </summary>
/// <param name="settings">The link.</param>
/// <param name="requests">Makes the requests.</param>
/// <param name="http">The way there.</param>
/// <param name="journal">Keeps the cursor.</param>
/// <param name="query">Finds records of this store.</param>
/// <param name="attachment">Gives the bytes of an attachment by their SHA-2 value, or null.</param>
/// <param name="mayLeave">Whether a record may be handed on.</param>
internal sealed class XapiForwardRound(
    LinkSettings settings,
    XapiRequests requests,
    LinkHttp http,
    ILinkJournal journal,
    Func<RecordQuery, IReadOnlyList<StoredRecord>> query,
    Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> attachment,
    Func<StoredRecord, bool> mayLeave) : ILinkRound
{
    /// <summary>Statements of a request: few enough for any store's limit on a body, in the usual size.</summary>
    private const int BatchMax = 100;

    private const int Conflict = 409;
    private const int Wrong = 400;
    private const int TooLarge = 413;
    private const int NotThisType = 415;

    /// <inheritdoc/>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await requests.LearnVersionAsync(http, cancellation);
        long after = After(journal.Read(settings.Name).Cursor);
        IReadOnlyList<StoredRecord> waiting = query(new RecordQuery(
            RecordType.XapiStatement, null, null, null, null, after, Ascending: true, BatchMax));
        if (waiting.Count == 0)
        {
            return false;
        }

        StoredRecord[] leaving = [.. waiting.Where(mayLeave)];
        int moved = 0;
        foreach (ForwardedStatement[] batch in ForwardedStatement.Batches(leaving, attachment))
        {
            moved += await HandOnAsync(batch, cancellation);
        }

        journal.Advance(
            settings.Name,
            waiting[^1].Sequence.ToString(CultureInfo.InvariantCulture),
            moved,
            waiting.Count - leaving.Length);
        return waiting.Count == BatchMax;
    }

    /// <summary>The number of the last record that was handed on.</summary>
    public static long After(string cursor) =>
        cursor.Length == 0 ? 0 : long.Parse(cursor, NumberStyles.None, CultureInfo.InvariantCulture);

    private async Task<int> HandOnAsync(ForwardedStatement[] statements, CancellationToken cancellation)
    {
        ForwardedBody body = ForwardedBody.Of(
            RecordBody.Statements([.. statements.Select(static one => one.Record.Committed)]),
            statements.SelectMany(static one => one.Attachments));
        LinkAnswer answer = await http.SendAsync(
            () => requests.Send(HttpMethod.Post, requests.Statements(""), body), cancellation);
        if (answer.IsSuccess)
        {
            return statements.Length;
        }

        // A batch is refused as a whole for one of its statements: each is tried alone, in the same order.
        if (answer.Status is not (Conflict or Wrong or TooLarge or NotThisType))
        {
            throw answer.Failure();
        }

        int moved = 0;
        foreach (ForwardedStatement one in statements)
        {
            moved += await HandOnAsync(one, cancellation) ? 1 : 0;
        }

        return moved;
    }

    private async Task<bool> HandOnAsync(ForwardedStatement statement, CancellationToken cancellation)
    {
        StoredRecord record = statement.Record;
        ForwardedBody body = ForwardedBody.Of(record.Committed.ToArray(), statement.Attachments);
        Uri address = requests.Statements($"?statementId={record.Id}");
        LinkAnswer answer = await http.SendAsync(
            () => requests.Send(HttpMethod.Put, address, body), cancellation);
        if (answer.IsSuccess)
        {
            return true;
        }

        if (answer.Status == Conflict)
        {
            // Some stores call it a conflict when they have this very statement, all do when they have another one.
            LinkAnswer found = await http.SendAsync(() => requests.Get(address), cancellation);
            if (found.IsSuccess && IsSame(record, found.Body))
            {
                return true;
            }
        }

        if (answer.Status is not (Conflict or Wrong or TooLarge or NotThisType))
        {
            throw answer.Failure();
        }

        journal.Refuse(
            settings.Name, new RefusedRecord(record.Id, "", "other-store", answer.Refusal(), default));
        return false;
    }

    // What cannot be read is another one: it is shown as refused, and nobody counts it as moved.
    private static bool IsSame(StoredRecord record, ReadOnlyMemory<byte> found)
    {
        XapiVersions.TryRead(record.Version, out XapiVersion version);
        try
        {
            IntakeRecord theirs = StatementRules.ReadStatement(
                JsonTree.Parse(found.Span).Root, version, record.Stored, Guid.Empty);
            return StatementComparer.IsSame(theirs, record.Committed.Span);
        }
        catch (RecordFormatException)
        {
            return false;
        }
    }
}
