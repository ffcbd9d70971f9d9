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

    /// <summary>Whatever voids may come before what it voids: then there is nothing to fetch yet.</summary>
    private const int NotFound = 404;

    private const int Wrong = 400;

    /// <summary>
    /// Statements that were stored within the cursor's last moments may have become visible after the page was read.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await requests.LearnVersionAsync(http, cancellation);
        string cursor = journal.Read(settings.Name).Cursor;
        string since = cursor.Length == 0 ? "" : $"&since={Uri.EscapeDataString(Before(cursor))}";
        Uri? next = requests.Statements(
            string.Create(CultureInfo.InvariantCulture, $"?ascending=true&limit={PageMax}{since}"));
        while (next is { } address)
        {
            LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
            PulledPage page = answer.IsSuccess ? PulledPage.Read(answer.Body) : throw answer.Failure();
            IReadOnlyList<GivenRecord> voided = await VoidedAsync(page.Voided, cancellation);
            (int added, int optedOut) = records.Take([.. voided, .. page.Statements]);
            string reached = Later(cursor, page.Newest, answer.ConsistentThrough);
            if (reached != cursor || added > 0)
            {
                // What is left out again, because a round begins a little earlier, does not count again.
                journal.Advance(settings.Name, reached, added, reached == cursor ? 0 : optedOut);
                cursor = reached;
            }

            next = page.More.Length == 0 ? null : requests.More(page.More);
        }

        return false;
    }

    // A store lists a voided statement no more, and gives it by its id. It comes before what voids it.
    private async Task<IReadOnlyList<GivenRecord>> VoidedAsync(
        IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        List<GivenRecord> voided = [];
        foreach (string id in ids)
        {
            Uri address = requests.Statements($"?voidedStatementId={id}");
            LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
            if (answer.IsSuccess)
            {
                voided.Add(new GivenRecord(id, answer.Body));
            }
            else if (answer.Status is not (NotFound or Wrong))
            {
                throw answer.Failure();
            }
        }

        return voided;
    }

    private static string Before(string cursor) => Text(Time(cursor) - Overlap);

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
