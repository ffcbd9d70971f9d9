using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Takes events from OpenLRW: logs in for a token, sweeps through all pages, and then looks at the newest ones. Events
/// that come again are the same records. While a sweep reads, new events push older ones to later pages, so that none
/// is passed over; the next sweep finds events that came with an old time.
/// </summary>
/// <param name="settings">The link.</param>
/// <param name="secret">Its secret.</param>
/// <param name="http">The way there.</param>
/// <param name="journal">Keeps the cursor.</param>
/// <param name="events">Takes the events in.</param>
/// <param name="clock">Says when a sweep is due.</param>
internal sealed class OpenLrwPullRound(
    LinkSettings settings,
    string secret,
    LinkHttp http,
    ILinkJournal journal,
    PullIntake events,
    TimeProvider clock) : ILinkRound
{
    /// <summary>Events of a page: few enough for one synced write, enough to keep up.</summary>
    private const int PageMax = 100;

    /// <summary>Parts of a page that cannot be read as a whole; they divide it evenly down to single events.</summary>
    private const int Parts = 10;

    private const int Unauthorised = 401;

    /// <summary>Events that come with an old time, of a tool without a network, are found by a sweep.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromDays(1);

    private AuthenticationHeaderValue? token;

    /// <inheritdoc/>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        OpenLrwCursor cursor = OpenLrwCursor.Parse(journal.Read(settings.Name).Cursor);
        if (cursor.SweepPage is null && clock.GetUtcNow() - cursor.SweptAt >= SweepEvery)
        {
            cursor = cursor with { SweepPage = 0, SweepNewest = null };
        }

        if (cursor.SweepPage is { } page)
        {
            return await SweepAsync(cursor, page, cancellation);
        }

        await LookAsync(cursor, cancellation);
        return false;
    }

    private async Task<bool> SweepAsync(OpenLrwCursor cursor, int page, CancellationToken cancellation)
    {
        OpenLrwPage read = await ReadAsync(page, PageMax, cancellation);
        DateTimeOffset? newest = read.Newest > cursor.SweepNewest || cursor.SweepNewest is null
            ? read.Newest ?? cursor.SweepNewest
            : cursor.SweepNewest;
        bool isLast = read.Count < PageMax;
        OpenLrwCursor next = isLast
            ? new OpenLrwCursor(null, null, newest, clock.GetUtcNow())
            : cursor with { SweepPage = page + 1, SweepNewest = newest };
        (int added, int optedOut) = Take(read);
        // A later sweep meets the same ones again, and nothing of them is kept by which they would be known.
        Advance(cursor, next, added, cursor.SweptAt is null ? optedOut : 0);
        return !isLast;
    }

    private async Task LookAsync(OpenLrwCursor cursor, CancellationToken cancellation)
    {
        DateTimeOffset? newest = cursor.Through;
        int leftOut = 0;
        for (int page = 0; ; page++)
        {
            OpenLrwPage read = await ReadAsync(page, PageMax, cancellation);
            newest = newest is null || read.Newest > newest ? read.Newest ?? newest : newest;
            (int added, int optedOut) = Take(read);
            leftOut += optedOut;
            bool isLast = read.Count < PageMax || (added == 0 && read.Oldest <= cursor.Through);
            Advance(cursor, isLast ? cursor with { Through = newest } : cursor, added, leftOut);
            if (isLast)
            {
                return;
            }
        }
    }

    // What cannot be read is kept aside first: then the cursor may go on.
    private (int Added, int OptedOut) Take(OpenLrwPage page)
    {
        foreach (RecordRefusal broken in page.Broken)
        {
            events.Keep(broken);
        }

        return events.Take(page.Events);
    }

    // What is left out again, because a page is looked at again, counts once: when the cursor moves.
    private void Advance(OpenLrwCursor cursor, OpenLrwCursor next, int added, int leftOut)
    {
        bool moves = next != cursor;
        if (added > 0 || moves)
        {
            journal.Advance(settings.Name, next.ToString(), added, moves ? leftOut : 0);
        }
    }

    private async Task<OpenLrwPage> ReadAsync(int page, int size, CancellationToken cancellation)
    {
        LinkAnswer answer = await AskAsync(page, size, cancellation);
        try
        {
            return OpenLrwPage.Read(answer.Page());
        }
        catch (UnreadablePageException problem) when (size == 1)
        {
            RecordRefusal broken = new(new GivenRecord("", answer.Body), "", "page", problem.Message);
            return OpenLrwPage.Empty with { Broken = [broken] };
        }
        catch (UnreadablePageException)
        {
            return await TakeApartAsync(page, size, cancellation);
        }
    }

    // A page that cannot be read is asked for again in tenths: together they are all places of the page, and what comes
    // meanwhile pushes none of them forward. Where not one event can be read the link waits.
    private async Task<OpenLrwPage> TakeApartAsync(int page, int size, CancellationToken cancellation)
    {
        OpenLrwPage whole = OpenLrwPage.Empty;
        for (int part = page * Parts; part < (page + 1) * Parts; part++)
        {
            OpenLrwPage read = await ReadAsync(part, size / Parts, cancellation);
            whole = whole.With(read);
            if (read.Count < size / Parts)
            {
                break;
            }
        }

        return size == PageMax && whole.Events.Count == 0 && whole.Count == PageMax
            ? throw new LinkException("OpenLRW's answer is no list of events, and neither is any part of it.")
            : whole;
    }

    private async Task<LinkAnswer> AskAsync(int page, int limit, CancellationToken cancellation)
    {
        Uri address = new(settings.Base, string.Create(
            CultureInfo.InvariantCulture, $"api/events?page={page}&limit={limit}"));
        bool isFresh = token is null;
        token ??= await LogInAsync(cancellation);
        LinkAnswer answer = await http.SendAsync(() => Get(address), cancellation);
        if (answer.Status == Unauthorised && !isFresh)
        {
            token = await LogInAsync(cancellation);
            answer = await http.SendAsync(() => Get(address), cancellation);
        }

        return answer.IsSuccess ? answer : throw answer.Failure();
    }

    private HttpRequestMessage Get(Uri address)
    {
        HttpRequestMessage request = Ajax(HttpMethod.Get, address);
        request.Headers.Authorization = token;
        return request;
    }

    private async Task<AuthenticationHeaderValue> LogInAsync(CancellationToken cancellation)
    {
        byte[] login = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["username"] = settings.User, ["password"] = secret },
            OpenLrwJson.Default.DictionaryStringString);
        LinkAnswer answer = await http.SendAsync(
            () =>
            {
                HttpRequestMessage request = Ajax(HttpMethod.Post, new Uri(settings.Base, "api/auth/login"));
                request.Content = new ByteArrayContent(login);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                return request;
            },
            cancellation);
        if (!answer.IsSuccess)
        {
            throw new LinkException(FormattableString.Invariant(
                $"OpenLRW does not take name and secret of this link (it answered {answer.Status})."));
        }

        return new AuthenticationHeaderValue("Bearer", TokenOf(answer.Body));
    }

    private static string TokenOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            string? text = document.RootElement.GetProperty("token").GetString();
            return !string.IsNullOrEmpty(text) && text.All(char.IsAscii) && !text.Any(char.IsControl)
                ? text
                : throw new LinkException("OpenLRW's answer to logging in holds no token.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // The reader's own words may quote what stands there.
            throw new LinkException("OpenLRW's answer to logging in holds no token.");
        }
    }

    // OpenLRW answers its API only to what says that it is no page of a browser.
    private static HttpRequestMessage Ajax(HttpMethod method, Uri address)
    {
        HttpRequestMessage request = new(method, address);
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        return request;
    }
}
