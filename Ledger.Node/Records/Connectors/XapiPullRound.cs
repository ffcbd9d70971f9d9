using System.Globalization;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Takes statements from another xAPI store in the order in which it stored them. The cursor is a time of storing up
/// to which everything was taken. A round begins a little before it, and statements that come again are the same
/// records, so a crash at any point neither loses nor doubles one.
/// </summary>
/// <param name="settings">The link.</param>
/// <param name="requests">Makes the requests.</param>
/// <param name="http">The way there.</param>
/// <param name="journal">Keeps the cursor.</param>
/// <param name="records">Takes the statements in.</param>
internal sealed class XapiPullRound(
    LinkSettings settings, XapiRequests requests, LinkHttp http, ILinkJournal journal, PullIntake records)
        : ILinkRound
{
    /// <summary>Statements of a page: few enough for one synced write, enough to keep up.</summary>
    private const int PageMax = 100;

    /// <summary>Bytes of attachments that are fetched before they are taken in: so much of them is in memory.</summary>
    private const int AttachmentBytesMax = 8 * 1024 * 1024;

    /// <summary>Whatever voids may come before what it voids: then there is nothing to fetch yet.</summary>
    private const int NotFound = 404;

    private const int Wrong = 400;

    private const string ById = "statementId";
    private const string VoidedById = "voidedStatementId";

    /// <summary>
    /// Statements that were stored within the cursor's last moments may have become visible after the page was read.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    private readonly PulledAttachments attachments = new(requests, http);

    /// <inheritdoc/>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await requests.LearnVersionAsync(http, cancellation);
        string cursor = journal.Read(settings.Name).Cursor;
        Uri? next = First(cursor, "");
        while (next is { } address)
        {
            LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
            PulledPage page;
            try
            {
                page = PulledPage.Read(answer.Page());
            }
            catch (UnreadablePageException)
            {
                return await TakeApartAsync(cursor, cancellation);
            }

            (int added, int optedOut) = await TakeAsync(page.Statements, cancellation);
            cursor = Advance(cursor, page, answer, added, optedOut);
            next = page.More.Length == 0 ? null : requests.More(page.More);
        }

        return false;
    }

    // A page that cannot be read: the other store is asked for the ids alone, and for each statement by its id, so that
    // one that is broken is kept aside and the others are taken. Where the ids cannot be read either the link waits:
    // what it would pass over is not known. Returns whether pages can be read again, from the cursor on.
    private async Task<bool> TakeApartAsync(string cursor, CancellationToken cancellation)
    {
        DateTimeOffset? behind = cursor.Length == 0 ? null : Time(cursor) - Overlap;
        Uri? next = First(cursor, "&format=ids");
        while (next is { } address)
        {
            LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
            PulledPage ids = PulledPage.Read(answer.Page());
            List<PulledStatement> readable = [];
            foreach (PulledStatement one in ids.Statements.Where(one => !records.Knows(one.Record.Id)))
            {
                if (await FetchAsync(one.Record.Id, cancellation) is { } whole)
                {
                    readable.Add(whole);
                }
                else
                {
                    DateTimeOffset? at = one.Stored ?? ids.Newest;
                    behind = behind > at ? behind : at;
                }
            }

            (int added, int optedOut) = await TakeAsync(readable, cancellation);
            cursor = Advance(cursor, ids, answer, added, optedOut);
            if (cursor.Length > 0 && (behind is null || Time(cursor) - Overlap > behind))
            {
                return true;
            }

            next = ids.More.Length == 0 ? null : requests.More(ids.More);
        }

        return false;
    }

    // A statement by its id; null where it cannot be read, and is kept aside, or was voided meanwhile.
    private async Task<PulledStatement?> FetchAsync(string id, CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out _))
        {
            records.Keep(new RecordRefusal(new GivenRecord(id, default), "/id", "uuid", "The id is no UUID."));
            return null;
        }

        Uri address = requests.Statements($"?{ById}={id}");
        LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
        if (answer.IsTooLong)
        {
            records.Keep(new RecordRefusal(
                new GivenRecord(id, default), "", "json.size", "The other store's statement is too long to be read."));
            return null;
        }

        if (answer.Status == NotFound)
        {
            return null;
        }

        if (!answer.IsSuccess)
        {
            throw answer.Failure();
        }

        if (PulledPage.ReadOne(answer.Body) is { } statement)
        {
            return statement;
        }

        records.Keep(new RecordRefusal(
            new GivenRecord(id, answer.Body), "", "json.syntax", "The other store's statement is no JSON."));
        return null;
    }

    // Takes statements in, in their order: what they void before them, and their attachments with them.
    private async Task<(int Added, int OptedOut)> TakeAsync(
        IReadOnlyList<PulledStatement> statements, CancellationToken cancellation)
    {
        int added = 0;
        int optedOut = 0;
        long bytes = 0;
        List<GivenRecord> given = [];
        foreach (string id in statements.Select(static one => one.Voids).OfType<string>().Distinct())
        {
            await AddAsync(await VoidedAsync(id, cancellation), VoidedById);
        }

        foreach (PulledStatement statement in statements)
        {
            await AddAsync(statement, ById);
        }

        Take();
        return (added, optedOut);

        async Task AddAsync(PulledStatement? statement, string idName)
        {
            if (statement is null)
            {
                return;
            }

            GivenRecord one = statement.HasAttachments
                ? await attachments.FetchAsync(statement.Record, idName, cancellation)
                : statement.Record;
            given.Add(one);
            bytes += one.Contents.Sum(static content => (long)content.Content.Length);
            if (bytes > AttachmentBytesMax)
            {
                Take();
            }
        }

        void Take()
        {
            (int more, int left) = records.Take(given);
            added += more;
            optedOut += left;
            bytes = 0;
            given.Clear();
        }
    }

    // A store lists a voided statement no more, and gives it by its id. It comes before what voids it.
    private async Task<PulledStatement?> VoidedAsync(string id, CancellationToken cancellation)
    {
        Uri address = requests.Statements($"?{VoidedById}={id}");
        LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
        if (answer.IsSuccess)
        {
            return PulledPage.ReadOne(answer.Body)
                ?? new PulledStatement(new GivenRecord(id, answer.Body), null, HasAttachments: false, Voids: null);
        }

        return answer.Status is NotFound or Wrong ? null : throw answer.Failure();
    }

    private string Advance(string cursor, PulledPage page, LinkAnswer answer, int added, int optedOut)
    {
        string reached = Later(cursor, page.Newest, answer.ConsistentThrough);
        if (reached != cursor || added > 0)
        {
            // What is left out again, because a round begins a little earlier, does not count again.
            journal.Advance(settings.Name, reached, added, reached == cursor ? 0 : optedOut);
        }

        return reached;
    }

    private Uri First(string cursor, string more)
    {
        string since = cursor.Length == 0 ? "" : $"&since={Uri.EscapeDataString(Text(Time(cursor) - Overlap))}";
        return requests.Statements(
            string.Create(CultureInfo.InvariantCulture, $"?ascending=true&limit={PageMax}{since}{more}"));
    }

    // What the store may still add before a time is not behind us yet.
    private static string Later(string cursor, DateTimeOffset? newest, DateTimeOffset? consistentThrough)
    {
        if (newest is not { } time)
        {
            return cursor;
        }

        DateTimeOffset through = consistentThrough < time ? consistentThrough.Value : time;
        return cursor.Length > 0 && through <= Time(cursor) ? cursor : Text(through);
    }

    private static DateTimeOffset Time(string cursor) =>
        DateTimeOffset.Parse(cursor, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
